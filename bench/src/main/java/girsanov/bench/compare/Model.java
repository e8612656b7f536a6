package girsanov.bench.compare;

import girsanov.bench.model.GruEncoder;
import girsanov.bench.model.GruOde;
import girsanov.bench.model.LatentSde;
import girsanov.bench.model.LorenzMatching;
import girsanov.bench.model.MlpRegression;
import girsanov.bench.model.MotionCapture;
import girsanov.bench.model.MusicVsdn;
import girsanov.models.training.Adam;
import girsanov.models.training.Objective;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Schedule;
import girsanov.tensor.Precision;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;

/** What is trained, for any number of sequences; motion capture has the 16 it has. */
enum Model {
  MLP(MlpRegression::of, MlpRegression::flops),
  GRU(GruEncoder::of, GruEncoder::flops),
  GRU_ODE(GruOde::of, GruOde::flops),
  SDE_MATCHING(LorenzMatching::of, LorenzMatching::flops),
  LATENT_SDE(LatentSde::of, LatentSde::flops),
  LATENT_SDE_ADJOINT(LatentSde::byAdjoint, LatentSde::adjointFlops),
  MOCAP(_ -> MotionCapture.MOCAP.objective(), _ -> MotionCapture.MOCAP.flops()),
  MOCAP2(_ -> MotionCapture.MOCAP2.objective(), _ -> MotionCapture.MOCAP2.flops()),
  VSDN_SDE(MusicVsdn.SCALED::objective, MusicVsdn.SCALED::flops),
  VSDN_SDE_PAPER(MusicVsdn.PAPER::objective, MusicVsdn.PAPER::flops);

  private static final double LEARNING_RATE = 1e-3;

  private final IntFunction<Objective> objective;
  private final IntToDoubleFunction flops;

  Model(IntFunction<Objective> objective, IntToDoubleFunction flops) {
    this.objective = objective;
    this.flops = flops;
  }

  /** The word for it on the command line, and in {@code peer.py}. */
  String kind() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Multiply-adds of a step's products, two operations each. */
  Limit limit(int batch) {
    return new Limit.Arithmetic(Precision.FLOAT, flops.applyAsDouble(batch));
  }

  Work.Training training(int batch) {
    return training(kind(), objective.apply(batch));
  }

  static Work.Training training(String kind, Objective objective) {
    ParameterVector start = ParameterVector.initial(objective.model(), Precision.FLOAT, 0);
    return new Work.Training(kind, objective, start, Adam.of(Schedule.constant(LEARNING_RATE)), 0);
  }
}
