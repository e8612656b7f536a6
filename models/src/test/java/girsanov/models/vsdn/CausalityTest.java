package girsanov.models.vsdn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.nn.Parameters;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What each regime knows, and that what a model predicts are probabilities of what it was not told.
 */
final class CausalityTest {
  private static final int FRAMES = 5;
  private static final int ROWS = 2;
  private static final int DIM = 2;
  private static final int DRAWS = 2;
  private static final List<Regime> REGIMES = List.of(Regime.values());

  /** Whether θ of a frame may depend on the observation at another. */
  private static boolean knows(FrameSystem system, Regime regime, int frame, int observation) {
    return switch (regime) {
      case PREDICTED -> observation < frame;
      case ASSIMILATED -> observation <= frame;
      case SMOOTHED ->
          switch (system) {
            case ODE_RNN, GRU_ODE -> observation < frame;
            case BIDIRECTIONAL_ODE_RNN -> observation != frame;
            default -> true;
          };
    };
  }

  /** Exactly those θ change, bit for bit, where an observation of row 0 changes, or is not made. */
  @ParameterizedTest
  @EnumSource
  void whatARegimeKnows(FrameSystem system) {
    checkRegimes(system, SmallSystems.of(system, Distribution.BERNOULLI).model(DIM));
  }

  /** No prediction knows its frame, or a later one, whatever the model was trained with. */
  @ParameterizedTest
  @EnumSource(names = "VSDN_.*", mode = EnumSource.Mode.MATCH_ALL)
  void whatAnAssimilatedModelKnowsWhenJudgedStrictly(FrameSystem system) {
    checkRegimes(system, assimilated(system).strict());
  }

  private static FrameModel assimilated(FrameSystem system) {
    return SmallSystems.of(system, Distribution.BERNOULLI, true).model(DIM);
  }

  private static void checkRegimes(FrameSystem system, FrameModel model) {
    Values values = Values.shaken((Record) model, 31, 0.7);
    DoubleTensor frames = SmallSystems.bits(32, 0.5, FRAMES, ROWS, DIM);
    DoubleTensor seen = SmallSystems.bits(33, 0.5, FRAMES, ROWS);
    Given given = SmallSystems.given(values, frames, seen, DRAWS, model);
    List<Expr> thetas = REGIMES.stream().map(r -> model.distribution(given, r)).toList();
    for (int at = 0; at < FRAMES; at++) {
      for (boolean other : new boolean[] {true, false}) {
        double was = seen.get(at, 0);
        seen.set(1, at, 0);
        List<Tensor> before = values.run(thetas);
        change(frames, seen, at, other);
        List<Tensor> after = values.run(thetas);
        change(frames, seen, at, other);
        seen.set(was, at, 0);
        for (int i = 0; i < thetas.size(); i++) {
          check(system, REGIMES.get(i), at, before.get(i), after.get(i));
        }
      }
    }
  }

  /** Flips a frame's bits, or whether it is seen; twice is not at all. */
  private static void change(DoubleTensor frames, DoubleTensor seen, int at, boolean other) {
    if (!other) {
      seen.set(1 - seen.get(at, 0), at, 0);
      return;
    }
    for (int d = 0; d < DIM; d++) {
      frames.set(1 - frames.get(at, 0, d), at, 0, d);
    }
  }

  private static void check(
      FrameSystem system, Regime regime, int at, Tensor before, Tensor after) {
    assertEquals(Shape.of(FRAMES, ROWS, DRAWS, DIM), before.shape());
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int row = 0; row < ROWS; row++) {
        int width = DRAWS * DIM;
        int from = (frame * ROWS + row) * width;
        double[] was = Arrays.copyOfRange(before.toArray(), from, from + width);
        double[] is = Arrays.copyOfRange(after.toArray(), from, from + width);
        boolean knows = row == 0 && knows(system, regime, frame, at);
        assertEquals(knows, !Arrays.equals(was, is), regime + ", frame " + frame + ", " + at);
      }
    }
  }

  /** What a baseline minimises is the misfit of what it predicts. */
  @ParameterizedTest
  @EnumSource(names = {"ODE_RNN", "GRU_ODE", "BIDIRECTIONAL_ODE_RNN"})
  void baselinesPredict(FrameSystem system) {
    FrameModel model = SmallSystems.of(system, Distribution.GAUSSIAN).model(DIM);
    Values values = Values.shaken((Record) model, 34, 0.7);
    DoubleTensor seen = SmallSystems.bits(33, 0.5, FRAMES, ROWS);
    Given given = SmallSystems.given(values, Values.normals(35, FRAMES, ROWS, DIM), seen, 1, model);
    Expr theta = model.distribution(given, Regime.PREDICTED).get(2, 0);
    Expr misfit = given.sumSeen(model.likelihood().nll(theta, given.values()));
    Bound bound = model.bound(given);
    List<DoubleTensor> all =
        values.plain(List.of(misfit, bound.reconstruction(), bound.importance()));
    assertArrayEquals(all.get(0).toArray(), all.get(1).toArray(), 1e-12);
    assertArrayEquals(all.get(0).toArray(), all.get(2).toArray(), 1e-12);
  }

  /**
   * Σ p(y) = 1 over all sequences of bits: what no model does that predicts what it was told of.
   * With latent states the importance-weighted estimate of p(y) is unbiased, and the other bound
   * lies above −log p(y).
   */
  @ParameterizedTest
  @EnumSource
  void probabilitiesOfAllSequencesSumToOne(FrameSystem system) {
    FrameModel model = SmallSystems.of(system, Distribution.BERNOULLI).model(DIM);
    Sums sums = sums(model, model.noise() == 0 ? 1 : 200);
    assertEquals(1, sums.importance, Math.max(1e-12, 4 * sums.error));
    assertTrue(sums.error < 0.01, () -> "standard error " + sums.error);
    if (model.noise() > 0) {
      assertTrue(sums.elbo < 0.98, () -> "sum " + sums.elbo);
    }
  }

  /**
   * What VSDN minimises when trained with the observations on both sides of the bar is no density;
   * the same parameters judged strictly give one.
   */
  @ParameterizedTest
  @EnumSource(names = "VSDN_.*", mode = EnumSource.Mode.MATCH_ALL)
  void onlyJudgedStrictlyDoProbabilitiesSumToOne(FrameSystem system) {
    FrameModel model = assimilated(system);
    Sums strict = sums(model.strict(), 200);
    assertEquals(1, strict.importance, Math.max(1e-12, 4 * strict.error));
    assertTrue(strict.error < 0.01, () -> "standard error " + strict.error);
    Sums assimilated = sums(model, 200);
    double off = Math.abs(assimilated.importance - 1);
    assertTrue(off > 10 * assimilated.error && off > 0.02, assimilated::toString);
  }

  /** The same numbers as of a model that was made strict. */
  @ParameterizedTest
  @EnumSource(names = "VSDN_.*", mode = EnumSource.Mode.MATCH_ALL)
  void judgedStrictlyItIsTheStrictModel(FrameSystem system) {
    FrameModel strict = SmallSystems.of(system, Distribution.BERNOULLI).model(DIM);
    assertEquals(strict, strict.strict());
    assertArrayEquals(bounds(strict), bounds(assimilated(system).strict()));
    assertFalse(Arrays.equals(bounds(strict), bounds(assimilated(system))));
  }

  private static double[] bounds(FrameModel model) {
    Values values = Values.shaken((Record) model, 37, 0.7);
    DoubleTensor frames = SmallSystems.bits(32, 0.5, FRAMES, ROWS, DIM);
    DoubleTensor seen = SmallSystems.bits(33, 0.5, FRAMES, ROWS);
    Bound bound = model.bound(SmallSystems.given(values, frames, seen, DRAWS, model));
    var sums = List.of(bound.reconstruction().sum(), bound.importance().sum());
    return values.plain(sums).stream().mapToDouble(sum -> sum.at(0)).toArray();
  }

  private record Sums(double importance, double error, double elbo) {}

  private static Sums sums(FrameModel model, int draws) {
    int frames = 3;
    int repeats = model.noise() == 0 ? 2 : 10;
    Values values = Values.shaken((Record) model, 36, 1);
    // The posterior not too far from the prior, or a few draws carry all the weight.
    Parameters.flatten((Record) model)
        .forEach(
            (name, p) -> {
              if (name.startsWith("prior") || name.startsWith("posterior")) {
                Tensor value = values.get(p.expr());
                for (int i = 0; i < value.size(); i++) {
                  value.put(i, 0.1 * value.at(i));
                }
              }
            });
    DoubleTensor all = SmallSystems.allSequences(frames, DIM);
    DoubleTensor seen = DoubleTensor.zeros(Shape.of(frames, all.shape().dim(1)));
    seen.fill(1);
    Given given = SmallSystems.given(values, all, seen, draws, model);
    Bound bound = model.bound(given);
    Expr elbo = bound.reconstruction().plus(bound.divergence());
    var probabilities = List.of(bound.importance().negate().exp().sum(), elbo.negate().exp().sum());
    double sum = 0;
    double squares = 0;
    double lower = 0;
    for (int repeat = 0; repeat < repeats; repeat++) {
      values.put(given.noise(), Values.normals(80 + repeat, given.noise().shape().dims()));
      List<Tensor> of = values.run(probabilities);
      sum += of.get(0).at(0) / repeats;
      squares += of.get(0).at(0) * of.get(0).at(0) / repeats;
      lower += of.get(1).at(0) / repeats;
    }
    double variance = Math.max(0, squares - sum * sum);
    return new Sums(sum, Math.sqrt(variance / (repeats - 1)), lower);
  }
}
