package girsanov.cli;

import girsanov.cli.experiment.Pictures;
import girsanov.cli.experiment.Problem;
import girsanov.cli.experiment.Request;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.runs.SequenceFile;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.UserException;
import girsanov.models.data.TimeSeries;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What forecast and interpolate share: sequences of the user, and files of draws. */
final class DrawOptions {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "Sequences as comma-separated text. Default: the test sequences.")
  private @Nullable Path input;

  @Option(
      names = "--sequence",
      paramLabel = "N",
      description = "The sequence in the picture, from 1. Default: 1.")
  private int sequence = 1;

  boolean hasInput() {
    return input != null;
  }

  /** The user's sequences, at the model's times. */
  Optional<TimeSeries> input(Problem problem) {
    if (input == null) {
      return Optional.empty();
    }
    TimeSeries data = problem.data().train();
    TimeSeries read = SequenceFile.read(input, data.names(), data.units());
    double[] expected = data.times();
    double[] got = read.times();
    if (got.length > expected.length) {
      throw tooLong(expected.length, got.length);
    }
    for (int i = 0; i < got.length; i++) {
      double time = expected[i] * problem.seconds();
      if (Math.abs(got[i] - time) > 1e-6 * Math.max(1, time)) {
        throw otherTimes(i, time, got[i]);
      }
    }
    double[] times = Arrays.copyOf(expected, got.length);
    return Optional.of(new TimeSeries(times, read.values(), read.names(), read.units()));
  }

  private UserException tooLong(int most, int got) {
    return UserException.failure(
        input + ": expected at most " + most + " times for each sequence, found " + got);
  }

  private UserException otherTimes(int index, double expected, double got) {
    return UserException.failure(
        input
            + ": expected the times that the model was trained at, found "
            + got
            + " where observation "
            + index
            + " is at "
            + expected);
  }

  void write(Request request, Problem problem, RunFolder folder, Terminal terminal) {
    int sequences = request.known().sequences();
    if (sequence < 1 || sequence > sequences) {
      throw UserException.usage(
          "--sequence: expected a number from 1 to " + sequences + ", got " + sequence);
    }
    double[] times =
        Arrays.stream(request.draws().times()).map(t -> t * problem.seconds()).toArray();
    folder.write(
        request.name() + ".csv",
        SequenceFile.write(times, request.draws().means(), request.known().names()));
    Conclusion.picture(
        folder,
        request.name() + ".png",
        terminal,
        () -> Pictures.bands(request, sequence - 1, problem.seconds()));
    terminal.println(
        request.draws().samples()
            + " draws for each of "
            + sequences
            + " sequences are in "
            + folder.path());
  }
}
