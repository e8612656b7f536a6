package girsanov.models.vsdn;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Given;
import girsanov.models.nn.Positive;
import girsanov.models.recurrent.GruOdeCell;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.models.vsdn.FrameArchitecture.Solver;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.Arrays;

/** Systems of a few units, and frames for them. */
public final class SmallSystems {
  private SmallSystems() {}

  public static FrameArchitecture of(FrameSystem system, Distribution likelihood) {
    return of(system, likelihood, false);
  }

  public static FrameArchitecture of(
      FrameSystem system, Distribution likelihood, boolean assimilated) {
    return new FrameArchitecture(
        system,
        likelihood,
        /* components= */ 2,
        /* fixedStd= */ 0.5,
        /* unit= */ 0.8,
        /* recurrent= */ 4,
        /* latent= */ 2,
        /* hidden= */ 5,
        /* hiddenLayers= */ 1,
        /* prepared= */ 2,
        /* gateHidden= */ 3,
        GruOdeCell.Kind.MINIMAL,
        Solver.EULER,
        /* frameTime= */ 0.7,
        /* subSteps= */ 1,
        assimilated,
        VsdnSde.Drift.RELAXING,
        /* pathSteps= */ 2,
        /* learnedStart= */ true,
        Positive.SOFTPLUS);
  }

  /**
   * Frames as inputs of a graph.
   *
   * @param frames {@code [frame, row, dim]}
   * @param seen {@code [frame, row]}
   */
  static Given given(
      Values values, DoubleTensor frames, DoubleTensor seen, int draws, FrameModel model) {
    int count = seen.shape().dim(0);
    int rows = seen.shape().dim(1);
    int latent = Math.max(1, model.noise());
    var given =
        new Given(
            Expr.input("values", frames.shape()),
            Expr.input("seen", seen.shape()),
            Expr.input("within", seen.shape()),
            Expr.input("noise", count, rows, draws, latent));
    values.put(given.values(), frames).put(given.seen(), seen);
    values.put(given.within(), within(seen));
    values.put(given.noise(), Values.normals(70, count, rows, draws, latent));
    return given;
  }

  private static DoubleTensor within(DoubleTensor seen) {
    DoubleTensor within = DoubleTensor.zeros(seen.shape());
    int rows = seen.shape().dim(1);
    for (int i = seen.size() - 1; i >= 0; i--) {
      double later = i + rows < seen.size() ? within.at(i + rows) : 0;
      within.put(i, Math.max(seen.at(i), later));
    }
    return within;
  }

  /** 1 where a uniform number is below a chance. */
  public static DoubleTensor bits(long stream, double chance, int... dims) {
    DoubleTensor bits = Values.units(stream, dims);
    for (int i = 0; i < bits.size(); i++) {
      bits.put(i, bits.at(i) < chance ? 1 : 0);
    }
    return bits;
  }

  /** All sequences of so many bits, one a row: {@code [frame, 2^(frames·dim), dim]}. */
  static DoubleTensor allSequences(int frames, int dim) {
    int rows = 1 << (frames * dim);
    DoubleTensor all = DoubleTensor.zeros(Shape.of(frames, rows, dim));
    for (int i = 0; i < all.size(); i++) {
      int frame = i / (rows * dim);
      all.put(i, ((i / dim % rows) >> (frame * dim + i % dim)) & 1);
    }
    return all;
  }

  static double[] row(DoubleTensor tensor, int index, int width) {
    return Arrays.copyOfRange(tensor.toArray(), index * width, (index + 1) * width);
  }
}
