package girsanov.cli.experiment;

import girsanov.cli.runs.RunFolder;
import girsanov.readers.Kind;
import girsanov.readers.music.MidiWriter;
import girsanov.readers.speech.WaveWriter;
import girsanov.tensor.FloatTensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Frames as files to listen to: music as {@code .mid}, speech as {@code .wav}. */
public record FrameFiles(Kind kind, double framesPerSecond, RunFolder folder) {

  /**
   * Writes a segment.
   *
   * @param name without the extension
   * @param frames {@code [frame, dim]}; a note sounds where its probability is 1/2 or more
   */
  public void write(String name, FloatTensor frames) {
    var bytes = new ByteArrayOutputStream();
    try {
      switch (kind) {
        case MUSIC -> MidiWriter.write(frames, framesPerSecond, bytes);
        case SPEECH -> WaveWriter.write(frames, bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    folder.write(name + (kind == Kind.MUSIC ? ".mid" : ".wav"), bytes.toByteArray());
  }
}
