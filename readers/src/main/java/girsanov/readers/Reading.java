package girsanov.readers;

import girsanov.models.data.Part;
import girsanov.models.data.Split;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Waveform;

/**
 * How a folder becomes segments.
 *
 * @param split which segments are for what, where no list in the folder says it
 * @param seed of the split
 * @param framesPerSecond of piano rolls, such that a minute has a whole number of frames
 * @param scaling of sound
 * @param globalPeak the |sample| that becomes 1 where {@code scaling} is {@link Scaling#GLOBAL}:
 *     for a model, the one it was trained with; 0 for the largest of what is learned from
 * @param segments to learn from, at most, taken from all over the folder; 0 for all
 * @param heldOut segments to validate on, and as many to report on, likewise; 0 for all
 */
public record Reading(
    Split split,
    long seed,
    double framesPerSecond,
    Scaling scaling,
    int globalPeak,
    int segments,
    int heldOut) {
  private static final double MOST_FRAMES_PER_SECOND = 100;
  private static final int MINUTE = 60;

  public Reading {
    double frames = MINUTE * framesPerSecond;
    if (!(frames >= 1
        && framesPerSecond <= MOST_FRAMES_PER_SECOND
        && frames == Math.rint(frames))) {
      throw new IllegalArgumentException(
          "Expected a rate of 1/60 to 100 frames a second with a whole number of frames a minute,"
              + " got "
              + framesPerSecond
              + ".");
    }
    if (globalPeak < 0 || globalPeak > Waveform.FULL_SCALE) {
      throw new IllegalArgumentException(
          "globalPeak: expected 0 to " + Waveform.FULL_SCALE + ", got " + globalPeak);
    }
    if (segments < 0 || heldOut < 0) {
      throw new IllegalArgumentException(
          "segments, heldOut: expected 0 or more, got " + segments + " and " + heldOut);
    }
  }

  /** By source, seed 0, 4 frames a second, each file by its peak, all segments. */
  public static Reading standard() {
    return new Reading(Split.BY_SOURCE, 0, 4, Scaling.FILE_PEAK, 0, 0, 0);
  }

  public Reading withSplit(Split other) {
    return new Reading(other, seed, framesPerSecond, scaling, globalPeak, segments, heldOut);
  }

  public Reading withSeed(long other) {
    return new Reading(split, other, framesPerSecond, scaling, globalPeak, segments, heldOut);
  }

  public Reading withFramesPerSecond(double other) {
    return new Reading(split, seed, other, scaling, globalPeak, segments, heldOut);
  }

  public Reading withScaling(Scaling other) {
    return new Reading(split, seed, framesPerSecond, other, globalPeak, segments, heldOut);
  }

  public Reading withGlobalPeak(int other) {
    return new Reading(split, seed, framesPerSecond, scaling, other, segments, heldOut);
  }

  /** With at most so many segments. */
  public Reading withMost(int ofTraining, int ofOthers) {
    return new Reading(split, seed, framesPerSecond, scaling, globalPeak, ofTraining, ofOthers);
  }

  /** Segments of a part, at most; 0 for all. */
  int most(Part part) {
    return part == Part.TRAIN ? segments : heldOut;
  }

  /** Frames of a one-minute segment of a piano roll: 240 at 4 a second. */
  int framesPerMinute() {
    return (int) Math.rint(MINUTE * framesPerSecond);
  }
}
