package girsanov.models.data;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.sde.Brownian;
import girsanov.sde.EulerMaruyama;
import girsanov.sde.Grid;
import girsanov.sde.Trajectory;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Simulated Lorenz sequences in standardised units, x = (state − mean) / std + 0.01 n, n ~ N(0, 1).
 *
 * @param data the observations
 * @param mean of each coordinate over the training sequences and times, in Lorenz's units
 * @param std likewise, with divisor count − 1
 */
public record LorenzSimulation(DataSet data, double[] mean, double[] std) {
  private static final int DIM = 3;

  /** Sequences simulated together; the result does not depend on it. */
  private static final int BLOCK = 64;

  /** Random streams of data start here, out of the way of those of training noise. */
  private static final long STREAMS = 1L << 60;

  private static final int SPLITS = 3;
  private static final int TRAIN = 0;
  private static final int VALID = 1;
  private static final int TEST = 2;

  private static final int BROWNIAN = 0;
  private static final int INITIAL = 1;
  private static final int OBSERVATION = 2;

  static LorenzSimulation run(Lorenz lorenz, long seed, int sequences, int heldOut) {
    Grid points = Grid.even(0, lorenz.horizon(), lorenz.points() - 1);
    var states = new ArrayList<DoubleTensor>();
    for (int split = 0; split < SPLITS; split++) {
      states.add(states(lorenz, points, seed, split, split == TRAIN ? sequences : heldOut));
    }
    double[] mean = mean(states.get(TRAIN));
    double[] std = std(states.get(TRAIN), mean);
    var series = new ArrayList<TimeSeries>();
    List<String> units = Collections.nCopies(DIM, "standard deviations");
    for (int split = 0; split < SPLITS; split++) {
      observe(states.get(split), mean, std, seed, split);
      series.add(new TimeSeries(points.times(), states.get(split), Lorenz.names(), units));
    }
    var data =
        new DataSet(
            "lorenz " + lorenz.title(), series.get(TRAIN), series.get(VALID), series.get(TEST));
    return new LorenzSimulation(data, mean, std);
  }

  /** States in Lorenz's units, {@code [sequence, time, 3]}. */
  private static DoubleTensor states(Lorenz lorenz, Grid points, long seed, int split, int count) {
    Grid grid = points.refine(lorenz.substeps());
    var brownian = new Brownian(seed, stream(split, BROWNIAN), grid, DIM);
    int block = Math.min(BLOCK, count);
    Expr z0 = Expr.input("z0", block, DIM);
    Expr dw = Expr.input("dw", grid.steps(), block, DIM);
    Trajectory trajectory =
        Trajectory.of(new EulerMaruyama(), lorenz.sde(), grid, lorenz.substeps(), z0, dw);
    Expr bySequence = trajectory.states().transpose(1, 0, 2);
    var solve =
        Program.compile(new Graph(List.of(z0, dw), bySequence), Precision.DOUBLE).newExecution();

    DoubleTensor states = DoubleTensor.zeros(Shape.of(count, lorenz.points(), DIM));
    for (int from = 0; from < count; from += block) {
      brownian.increments(1, from, solve.input(1));
      Noise.normal(seed, stream(split, INITIAL), (long) from * DIM, solve.input(0));
      int rows = Math.min(block, count - from);
      solve.run();
      states.rows(from, from + rows).copyFrom(solve.output(0).rows(0, rows));
    }
    return states;
  }

  private static void observe(DoubleTensor x, double[] mean, double[] std, long seed, int split) {
    DoubleTensor noise = DoubleTensor.zeros(x.shape());
    Noise.normal(seed, stream(split, OBSERVATION), 0, noise);
    for (int i = 0; i < x.size(); i++) {
      int d = i % DIM;
      x.put(i, (x.at(i) - mean[d]) / std[d] + Lorenz.OBSERVATION_NOISE * noise.at(i));
    }
  }

  private static double[] mean(DoubleTensor x) {
    double[] mean = new double[DIM];
    for (int i = 0; i < x.size(); i++) {
      mean[i % DIM] += x.at(i) * DIM / x.size();
    }
    return mean;
  }

  private static double[] std(DoubleTensor x, double[] mean) {
    double[] squares = new double[DIM];
    for (int i = 0; i < x.size(); i++) {
      double deviation = x.at(i) - mean[i % DIM];
      squares[i % DIM] += deviation * deviation;
    }
    return Arrays.stream(squares).map(s -> Math.sqrt(s * DIM / (x.size() - DIM))).toArray();
  }

  /** Each split and source has 2³² streams: a Brownian path takes one. */
  private static long stream(int split, int source) {
    return STREAMS + ((long) (split * 3 + source) << 32);
  }
}
