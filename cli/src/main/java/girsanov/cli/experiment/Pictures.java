package girsanov.cli.experiment;

import girsanov.cli.plot.Band;
import girsanov.cli.plot.BandPicture;
import girsanov.cli.plot.LossPicture;
import girsanov.cli.plot.TrajectoryPicture;
import girsanov.cli.runs.Counted;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Samples;
import girsanov.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.IntStream;

/** The pictures of a model, as PNG. */
public final class Pictures {
  private static final String BAND = "90 % band of observations";

  /** Channels that are shown, where the data have them. */
  private static final Map<String, String> JOINTS =
      Map.of(
          "rfemur_rx", "right hip, flexion",
          "rtibia_rx", "right knee, flexion",
          "lfoot_rx", "left ankle, flexion",
          "rhumerus_rx", "right shoulder, flexion");

  private static final int SHOWN = 4;

  private Pictures() {}

  /**
   * The loss and its terms, and what validation says.
   *
   * @param columns of {@code metrics.csv}
   */
  public static byte[] loss(
      String preset, SequencedMap<String, double[]> columns, Problem problem) {
    var curves = new LinkedHashMap<String, double[]>();
    curves.put("loss that is minimised", values(columns, "loss"));
    problem.terms().forEach((column, title) -> curves.put(title, values(columns, column)));
    String title = preset + ": loss and its terms";
    double[] iterations = values(columns, "iteration");
    return LossPicture.png(title, problem.unit(), iterations, curves, validation(columns, problem));
  }

  /**
   * None where none was made. A row is of the step from its iteration, what is validated its end.
   */
  private static Optional<LossPicture.Validation> validation(
      SequencedMap<String, double[]> columns, Problem problem) {
    double[] all = values(columns, "validation");
    int[] made = IntStream.range(0, all.length).filter(i -> !Double.isNaN(all[i])).toArray();
    if (made.length == 0) {
      return Optional.empty();
    }
    double[] iterations = values(columns, "iteration");
    return Optional.of(
        new LossPicture.Validation(
            problem.validationTitle(),
            problem.validationUnit(),
            Arrays.stream(made).mapToDouble(i -> iterations[i] + 1).toArray(),
            Arrays.stream(made).mapToDouble(i -> all[i]).toArray()));
  }

  /** Sequences in space beside sequences of the prior. */
  public static byte[] trajectories(String preset, TimeSeries data, Samples prior) {
    int count = Math.min(data.sequences(), prior.samples());
    var panels = new LinkedHashMap<String, DoubleTensor>();
    panels.put("data (" + count + " test sequences)", data.values().rows(0, count));
    panels.put("learned prior (" + count + " samples)", paths(prior).rows(0, count));
    String title =
        String.format(
            "%s: data beside prior samples, in %s, times %s to %s; box: range of the data",
            preset,
            data.units().getFirst(),
            (float) data.times()[0],
            (float) data.times()[data.length() - 1]);
    return TrajectoryPicture.png(title, data.names(), panels);
  }

  /** Sequences of the prior: in space if there are three dims, else as bands beside a sequence. */
  public static byte[] prior(String preset, TimeSeries data, Samples prior, double seconds) {
    if (data.dim() == 3) {
      return trajectories(preset, data, prior);
    }
    String title = preset + ": samples of the learned prior beside test sequence 1";
    return bands(new Request("", title, prior, data, "test sequence 1", 0), 0, seconds);
  }

  /** Forecasts of a test sequence beside what happened. */
  public static byte[] forecasts(String preset, Forecasts forecasts, int sequence, double seconds) {
    TimeSeries truth = forecasts.truth();
    int given = forecasts.given();
    String title =
        preset + ": forecast from " + given + " observations, test sequence " + (sequence + 1);
    return bands(
        new Request("", title, forecasts.samples(), truth, "truth", given), sequence, seconds);
  }

  /**
   * Draws of a few channels of a sequence beside what is known of it.
   *
   * @param seconds what 1 of the request's times is in seconds, or 1 if they have no unit
   */
  public static byte[] bands(Request request, int sequence, double seconds) {
    TimeSeries known = request.known();
    Samples draws = request.draws();
    double[] times = scaled(draws.times(), seconds);
    DoubleTensor mean = draws.mean();
    DoubleTensor spread = draws.spread();
    var panels = new ArrayList<BandPicture.Panel>();
    for (int dim : shown(known)) {
      double[] seen = new double[known.length()];
      double[] values = new double[known.length()];
      for (int time = 0; time < known.length(); time++) {
        values[time] = known.at(sequence, time, dim);
        seen[time] = time < request.given() ? values[time] : Double.NaN;
      }
      panels.add(
          new BandPicture.Panel(
              title(known, dim),
              unit(known, dim),
              Band.normal(times, path(mean, sequence, dim), path(spread, sequence, dim)),
              scaled(known.times(), seconds),
              request.knownTitle(),
              values,
              seen));
    }
    String time = seconds == 1 ? "time" : "time (s)";
    String of = " (" + Counted.of(draws.samples(), "sample") + ")";
    return BandPicture.png(request.title(), BAND + of, time, panels);
  }

  /** The dims to show: well-known joints, else the first few. */
  static List<Integer> shown(TimeSeries series) {
    var dims = new ArrayList<Integer>();
    for (int dim = 0; dim < series.dim(); dim++) {
      if (JOINTS.containsKey(series.names().get(dim))) {
        dims.add(dim);
      }
    }
    return dims.isEmpty()
        ? IntStream.range(0, Math.min(SHOWN, series.dim())).boxed().toList()
        : dims;
  }

  /** One sequence and dim of {@code [sequence, time, dim]}; the prior is of one sequence only. */
  private static double[] path(DoubleTensor values, int sequence, int dim) {
    double[] path = new double[values.shape().dim(1)];
    for (int time = 0; time < path.length; time++) {
      path[time] = values.get(sequence, time, dim);
    }
    return path;
  }

  /** {@code [sample, time, dim]} of draws of one sequence. */
  private static DoubleTensor paths(Samples draws) {
    return draws.means().reshape(draws.means().shape().without(1));
  }

  private static String title(TimeSeries series, int dim) {
    String name = series.names().get(dim);
    String joint = JOINTS.get(name);
    return joint == null ? name : joint + " (" + name + ")";
  }

  private static String unit(TimeSeries series, int dim) {
    String unit = series.units().get(dim);
    return unit.equals("degree") ? "degrees from the sequence's mean" : unit;
  }

  private static double[] scaled(double[] times, double seconds) {
    return Arrays.stream(times).map(t -> t * seconds).toArray();
  }

  private static double[] values(SequencedMap<String, double[]> columns, String name) {
    double[] values = columns.get(name);
    if (values == null) {
      throw new IllegalArgumentException("expected a column " + name + " in " + columns.keySet());
    }
    return values;
  }
}
