package girsanov.cli;

import girsanov.cli.experiment.FrameProblem;
import girsanov.cli.experiment.Pictures;
import girsanov.cli.experiment.Request;
import girsanov.cli.experiment.SdeMatchingProblem;
import girsanov.cli.runs.Counted;
import girsanov.cli.runs.PictureFile;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.SequenceFile;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.data.Segments;
import girsanov.models.data.TimeSeries;
import girsanov.tensor.DoubleTensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What forecast and interpolate share: sequences of the user, and files of draws. */
final class DrawOptions {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Sequences as comma-separated text, or a MIDI or sound file. Default: the test data.")
  private @Nullable Path input;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "The sequence in the picture, from 1. Default: 1.")
  private int sequence = 1;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Sequences to draw for, the first ones. Default: 8.")
  private int count = 8;

  boolean hasInput() {
    return input != null;
  }

  /** The number of the sequence in the picture, from 1. */
  int sequence() {
    return sequence;
  }

  /** What is in the picture, as its title calls it. */
  String shown() {
    return input == null
        ? "test sequence " + sequence
        : input.getFileName() + ", sequence " + sequence;
  }

  /** The segments to fill in: the user's, or those of the test. */
  Segments segments(FrameProblem problem) {
    Segments known = input == null ? problem.data().test() : RecordingFile.read(input, problem);
    int first = first(known.count());
    return known.select(IntStream.range(0, first).toArray());
  }

  /** How many of so many to draw for. */
  private int first(int available) {
    int sequences = Math.min(count, available);
    if (count < 1) {
      throw UserException.usage("--count: expected 1 or more, got " + count);
    }
    if (sequence < 1 || sequence > available) {
      throw UserException.usage(
          "--sequence: expected a number from 1 to " + available + ", got " + sequence);
    }
    if (sequence > sequences) {
      throw UserException.usage(
          "--sequence: expected one of the first "
              + sequences
              + ", which are all that --count draws for, got "
              + sequence
              + "; give --count "
              + sequence);
    }
    return sequences;
  }

  /** The sequences to draw for: the user's, or others. */
  TimeSeries known(SdeMatchingProblem problem, TimeSeries others) {
    TimeSeries known = input == null ? others : read(input, problem);
    int sequences = first(known.sequences());
    DoubleTensor first = known.values().rows(0, sequences);
    return new TimeSeries(known.times(), first, known.names(), known.units());
  }

  /** The user's sequences, at the model's times. */
  private static TimeSeries read(Path input, SdeMatchingProblem problem) {
    TimeSeries data = problem.data().train();
    TimeSeries read = SequenceFile.read(input, data.names(), data.units());
    double[] expected = data.times();
    double[] got = read.times();
    if (got.length > expected.length) {
      throw tooLong(input, expected.length, got.length);
    }
    for (int i = 0; i < got.length; i++) {
      double time = expected[i] * problem.seconds();
      if (Math.abs(got[i] - time) > 1e-6 * Math.max(1, time)) {
        throw otherTimes(input, i, time, got[i]);
      }
    }
    double[] times = Arrays.copyOf(expected, got.length);
    return new TimeSeries(times, read.values(), read.names(), read.units());
  }

  private static UserException tooLong(Path input, int most, int got) {
    return UserException.failure(
        input + ": expected at most " + most + " times for each sequence, found " + got);
  }

  private static UserException otherTimes(Path input, int index, double expected, double got) {
    return UserException.failure(
        input
            + ": expected the times that the model was trained at, found "
            + got
            + " where observation "
            + (index + 1)
            + " is at "
            + expected);
  }

  void write(Request request, SdeMatchingProblem problem, RunFolder folder, Terminal terminal) {
    int sequences = request.known().sequences();
    double[] times =
        Arrays.stream(request.draws().times()).map(t -> t * problem.seconds()).toArray();
    folder.write(
        request.name() + ".csv",
        SequenceFile.write(times, request.draws().means(), request.known().names()));
    PictureFile.write(
        folder,
        request.name() + ".png",
        terminal,
        () -> Pictures.bands(request, sequence - 1, problem.seconds()));
    terminal.println(
        Counted.of(request.draws().samples(), "draw")
            + " for "
            + (sequences == 1 ? "1 sequence" : "each of " + sequences + " sequences")
            + " are in "
            + folder.path());
  }
}
