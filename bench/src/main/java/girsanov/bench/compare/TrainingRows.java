package girsanov.bench.compare;

import girsanov.bench.compare.Row.Unit;
import girsanov.bench.model.GruEncoder;
import girsanov.bench.model.GruOde;
import girsanov.bench.model.LatentSde;
import girsanov.bench.model.MlpRegression;
import girsanov.models.data.Lorenz;
import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.SdeMatchingObjective;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Adam;
import girsanov.models.training.Objective;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Schedule;
import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whole steps of training. */
final class TrainingRows {
  private static final double LEARNING_RATE = 1e-3;
  private static final int LARGE = 1024;
  private static final int SMALL = 32;
  private static final int MLP_BATCH = 200;
  private static final int GRU_ODE_BATCH = 50;
  private static final List<Integer> ONE_AND_TWO = List.of(1, 2);

  private TrainingRows() {}

  static List<Row> all() {
    var rows = new ArrayList<Row>();
    for (int t = 2; t >= 1; t--) {
      List<Integer> same = List.of(t);
      rows.add(
          row(
              "mlp",
              MLP_BATCH,
              t,
              same,
              MlpRegression.flops(MLP_BATCH),
              () -> MlpRegression.of(MLP_BATCH)));
      rows.add(row("gru", LARGE, t, same, GruEncoder.flops(LARGE), () -> GruEncoder.of(LARGE)));
      rows.add(
          row("sde-matching", LARGE, t, same, sdeMatchingFlops(LARGE), () -> sdeMatching(LARGE)));
    }
    rows.add(
        row("gru", SMALL, 2, ONE_AND_TWO, GruEncoder.flops(SMALL), () -> GruEncoder.of(SMALL)));
    rows.add(
        row(
            "sde-matching",
            SMALL,
            2,
            ONE_AND_TWO,
            sdeMatchingFlops(SMALL),
            () -> sdeMatching(SMALL)));
    rows.add(
        row(
            "gru-ode",
            GRU_ODE_BATCH,
            2,
            List.of(2),
            GruOde.flops(GRU_ODE_BATCH),
            () -> GruOde.of(GRU_ODE_BATCH)));
    rows.add(
        row("latent-sde", LARGE, 2, List.of(2), LatentSde.flops(LARGE), () -> LatentSde.of(LARGE)));
    return rows;
  }

  private static Row row(
      String kind,
      int batch,
      int threads,
      List<Integer> peerThreads,
      double flops,
      Supplier<Objective> objective) {
    return new Row(
        kind,
        "%s-%d-%dt".formatted(kind, batch, threads),
        () -> training(kind, objective.get()),
        threads,
        peerThreads,
        new Limit.Arithmetic(Precision.FLOAT, flops),
        Unit.SECONDS);
  }

  private static Work.Training training(String kind, Objective objective) {
    ParameterVector start = ParameterVector.initial(objective.model(), Precision.FLOAT, 0);
    return new Work.Training(kind, objective, start, Adam.of(Schedule.constant(LEARNING_RATE)));
  }

  /** As the preset {@code lorenz-notebook} trains: 54,739 parameters, the notebook's weighting. */
  static Objective sdeMatching(int batch) {
    TimeSeries data = Lorenz.BARTOSH.simulate(0, batch, 1).data().train();
    var options =
        new Options(
            Weighting.NOTEBOOK, Conditioning.onAll(data.length()), Sampling.INDEPENDENT, 1, 0);
    return new SdeMatchingObjective(Architecture.notebook().model(data.dim()), data, options);
  }

  /**
   * Multiply-adds of a step, two operations each, forward and twice backward: the encoder; its head
   * at time 0, at an observation, and with a derivative at t; drift and diffusion, this with a
   * derivative; the sums over 41 outputs, the one at t with a derivative.
   */
  static double sdeMatchingFlops(int batch) {
    double head = 101 * 100 + 100 * 100 + 100 * 8;
    double prior = 2 * 4 * 100 + 2 * 2 * 4 * 100;
    double pooling = 41 * 100;
    return GruEncoder.flops(batch) + 2.0 * 3 * batch * (4 * (head + pooling) + prior + 12);
  }
}
