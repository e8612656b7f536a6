package girsanov.cli;

import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.runs.RunFolder;
import girsanov.models.data.DataException;
import girsanov.models.data.Segments;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.music.Score;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Waveform;
import girsanov.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A MIDI or sound file of a user, cut into segments as in training. */
final class RecordingFile {
  private RecordingFile() {}

  /**
   * Reads a file. Speech is scaled as in training: by its own peak, that of each segment, or the
   * one that all sound was scaled by.
   *
   * @param problem what it is for
   * @throws DataException if it is no such file, or shorter than a segment
   */
  static Segments read(Path file, FrameProblem problem) {
    Segments like = problem.data().train();
    List<FloatTensor> pieces;
    try {
      byte[] bytes = Files.readAllBytes(file);
      pieces =
          switch (problem.experiment().data()) {
            case MUSIC -> music(bytes, like);
            case SPEECH -> speech(bytes, problem);
          };
    } catch (IOException e) {
      throw new DataException(file + ": cannot be read: " + RunFolder.reason(e), e);
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    }
    if (pieces.isEmpty()) {
      throw new DataException(
          file
              + ": expected at least "
              + (float) (like.frames() / like.framesPerSecond())
              + " s, which is a segment, found less");
    }
    FloatTensor values = FloatTensor.zeros(like.values().shape().with(0, pieces.size()));
    for (int i = 0; i < pieces.size(); i++) {
      values.row(i).copyFrom(pieces.get(i));
    }
    return new Segments(
        values,
        like.framesPerSecond(),
        Collections.nCopies(pieces.size(), String.valueOf(file.getFileName())));
  }

  private static List<FloatTensor> music(byte[] bytes, Segments like) {
    PianoRoll roll = PianoRoll.of(Score.read(bytes), like.framesPerSecond());
    var pieces = new ArrayList<FloatTensor>();
    for (int to = like.frames(); to <= roll.frames(); to += like.frames()) {
      pieces.add(roll.frames(to - like.frames(), to));
    }
    return pieces;
  }

  private static List<FloatTensor> speech(byte[] bytes, FrameProblem problem) {
    Waveform sound = Waveform.read(bytes);
    Scaling scaling = problem.experiment().scaling();
    int peak = sound.peak();
    var pieces = new ArrayList<FloatTensor>();
    for (int i = 0; i < sound.segments(); i++) {
      pieces.add(sound.segment(i, scaling.one(sound, i, peak, problem.globalPeak())));
    }
    return pieces;
  }
}
