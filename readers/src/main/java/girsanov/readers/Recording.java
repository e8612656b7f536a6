package girsanov.readers;

import girsanov.models.data.DataException;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.music.Score;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Waveform;
import girsanov.tensor.FloatTensor;

/** What was read from a file, smaller than its segments are. */
sealed interface Recording {
  /** How many whole segments it has. */
  int segments();

  /**
   * A segment {@code [frame, dim]}.
   *
   * @param globalPeak the |sample| that becomes 1 where all sound has the same scale
   */
  FloatTensor segment(int segment, int globalPeak);

  /** The largest |sample| of sound; 0 for music. */
  int peak();

  /** Its size in memory. */
  long bytes();

  /**
   * The recording in the bytes of a file.
   *
   * @throws DataException if they hold none, or none as long as a segment
   */
  static Recording read(byte[] file, Kind kind, Reading reading) {
    Recording recording =
        switch (kind) {
          case MUSIC ->
              new Music(
                  PianoRoll.of(Score.read(file), reading.framesPerSecond()),
                  reading.framesPerMinute());
          case SPEECH -> {
            Waveform sound = Waveform.read(file);
            yield new Speech(sound, sound.peak(), reading.scaling());
          }
        };
    if (recording.segments() == 0) {
      throw new DataException(
          kind == Kind.MUSIC
              ? "expected at least one minute of music, found less"
              : "expected at least one second of sound, found less");
    }
    return recording;
  }

  /** A piano roll, cut by the minute. */
  record Music(PianoRoll roll, int frames) implements Recording {
    @Override
    public int segments() {
      return roll.frames() / frames;
    }

    @Override
    public FloatTensor segment(int segment, int globalPeak) {
      return roll.frames(segment * frames, (segment + 1) * frames);
    }

    @Override
    public int peak() {
      return 0;
    }

    @Override
    public long bytes() {
      return (long) roll.frames() * PianoRoll.PITCHES / Byte.SIZE;
    }
  }

  /** Sound, cut by the second. */
  record Speech(Waveform sound, int peak, Scaling scaling) implements Recording {
    @Override
    public int segments() {
      return sound.segments();
    }

    @Override
    public FloatTensor segment(int segment, int globalPeak) {
      return sound.segment(segment, scaling.one(sound, segment, peak, globalPeak));
    }

    @Override
    public long bytes() {
      return (long) sound.samples().length * Short.BYTES;
    }
  }
}
