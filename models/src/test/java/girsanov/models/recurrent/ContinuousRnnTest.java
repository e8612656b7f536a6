package girsanov.models.recurrent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.likelihood.Bernoulli;
import girsanov.models.nn.Activation;
import girsanov.models.nn.ConditionedMlp;
import girsanov.models.nn.Linear;
import girsanov.models.nn.Mlp;
import girsanov.models.recurrent.ContinuousRnn.States;
import girsanov.sde.Euler;
import girsanov.sde.Midpoint;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How a state goes through a sequence: what it knows before and after each frame. */
final class ContinuousRnnTest {
  private static final int FRAMES = 6;
  private static final int ROWS = 2;
  private static final int DIM = 2;
  private static final int HIDDEN = 3;
  private static final Bernoulli BITS = new Bernoulli(DIM);

  /** {@code [frame][row]}; both rows end unseen. */
  private static final double[][] SEEN = {{1, 0}, {0, 0}, {0, 1}, {1, 1}, {0, 0}, {0, 0}};

  static Stream<ContinuousRnn> networks() {
    Mlp expectation = Mlp.of(Activation.ELU, HIDDEN, 4, DIM);
    Mlp slope = Mlp.of(Activation.ELU, HIDDEN, 4, HIDDEN);
    return Stream.of(
        GruOde.of(GruOdeCell.Kind.FULL, BITS, expectation, HIDDEN, 2, new Gap(new Euler(), 1, 2)),
        GruOde.of(
            GruOdeCell.Kind.AUTONOMOUS,
            BITS,
            expectation,
            HIDDEN,
            2,
            new Gap(new Midpoint(), 1, 1)),
        OdeRnn.of(BITS, HIDDEN, slope, 4, new Gap(new Euler(), 1, 2)));
  }

  private static Values values(ContinuousRnn network) {
    return Values.shaken((Record) network, 21, 0.7);
  }

  private static DoubleTensor seen() {
    DoubleTensor seen = DoubleTensor.zeros(Shape.of(FRAMES, ROWS));
    for (int i = 0; i < seen.size(); i++) {
      seen.put(i, SEEN[i / ROWS][i % ROWS]);
    }
    return seen;
  }

  private static List<DoubleTensor> run(
      ContinuousRnn network, Values values, DoubleTensor frames, boolean reverse) {
    States states = network.run(Expr.constant(frames), Expr.constant(seen()), reverse);
    assertEquals(Shape.of(FRAMES, ROWS, HIDDEN), states.before().shape());
    return values.plain(List.of(states.before(), states.after()));
  }

  @ParameterizedTest(name = "network {index}")
  @MethodSource("networks")
  void whatIsNotSeenHasNoEffect(ContinuousRnn network) {
    Values values = values(network);
    DoubleTensor frames = Values.normals(22, FRAMES, ROWS, DIM);
    DoubleTensor others = frames.copy();
    for (int i = 0; i < others.size(); i++) {
      if (seen().at(i / DIM) == 0) {
        others.put(i, 1e6 * (i % 3 - 1));
      }
    }
    for (boolean reverse : new boolean[] {false, true}) {
      List<DoubleTensor> expected = run(network, values, frames, reverse);
      List<DoubleTensor> actual = run(network, values, others, reverse);
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(expected.get(i).toArray(), actual.get(i).toArray());
      }
    }
  }

  /** Before a frame: evolved from after the last; after it: the same if unseen, else not. */
  @ParameterizedTest(name = "network {index}")
  @MethodSource("networks")
  void statesBeforeAndAfterAFrame(ContinuousRnn network) {
    Values values = values(network);
    List<DoubleTensor> states = run(network, values, Values.normals(22, FRAMES, ROWS, DIM), false);
    for (int i = 0; i < FRAMES * ROWS; i++) {
      double[] before = part(states.get(0), i);
      double[] after = part(states.get(1), i);
      assertEquals(seen().at(i) == 0, Arrays.equals(before, after));
    }
    Expr start = network.start().broadcastTo(Shape.of(ROWS, network.state()));
    double[] first = values.plain(network.read(network.evolve(start))).toArray();
    assertArrayEquals(first, states.get(0).row(0).toArray(), 1e-15);
  }

  private static double[] part(Tensor states, int index) {
    return Arrays.copyOfRange(states.toArray(), index * HIDDEN, (index + 1) * HIDDEN);
  }

  /** A state at a frame depends on the frames up to it and on no later ones. */
  @ParameterizedTest(name = "network {index}")
  @MethodSource("networks")
  void noStateKnowsTheFuture(ContinuousRnn network) {
    Values values = values(network);
    DoubleTensor frames = Values.normals(22, FRAMES, ROWS, DIM);
    DoubleTensor changed = frames.copy();
    int at = 3;
    for (int i = at * ROWS * DIM; i < (at + 1) * ROWS * DIM; i++) {
      changed.put(i, changed.at(i) + 1);
    }
    List<DoubleTensor> expected = run(network, values, frames, false);
    List<DoubleTensor> actual = run(network, values, changed, false);
    for (int frame = 0; frame < FRAMES; frame++) {
      for (int i = 0; i < 2; i++) {
        boolean knows = frame > at || (frame == at && i == 1);
        double[] was = expected.get(i).row(frame).toArray();
        assertEquals(!knows, Arrays.equals(was, actual.get(i).row(frame).toArray()));
      }
    }
  }

  @ParameterizedTest(name = "network {index}")
  @MethodSource("networks")
  void reverseIsTheReversedSequence(ContinuousRnn network) {
    Values values = values(network);
    Expr frames = Expr.constant(Values.normals(22, FRAMES, ROWS, DIM));
    Expr seen = Expr.constant(seen());
    States back = network.run(frames, seen, true);
    States forth = network.run(frames.reverse(0), seen.reverse(0), false);
    List<DoubleTensor> all =
        values.plain(
            List.of(
                back.before(), back.after(), forth.before().reverse(0), forth.after().reverse(0)));
    assertArrayEquals(all.get(2).toArray(), all.get(0).toArray());
    assertArrayEquals(all.get(3).toArray(), all.get(1).toArray());
  }

  /** With dh/dt = c the state moves by c · gap between two observations. */
  @Test
  void odeRnnEvolvesOverTheGapItself() {
    OdeRnn network =
        OdeRnn.of(
            BITS, HIDDEN, Mlp.of(Activation.ELU, HIDDEN, HIDDEN), 4, new Gap(new Euler(), 1, 3));
    Values values = values(network);
    Linear layer = network.slope().layers().getFirst();
    values.put(layer.weight().expr(), DoubleTensor.zeros(layer.weight().shape()));
    double[] c = values.get(layer.bias().expr()).toArray();
    double[] start = values.get(network.initial().expr()).toArray();
    List<DoubleTensor> states = run(network, values, Values.normals(22, FRAMES, ROWS, DIM), false);
    for (int row = 0; row < ROWS; row++) {
      double[] from = start;
      int gap = 0;
      for (int frame = 0; frame < FRAMES; frame++) {
        gap++;
        double[] before = part(states.get(0), frame * ROWS + row);
        for (int j = 0; j < HIDDEN; j++) {
          assertEquals(from[j] + c[j] * gap, before[j], 1e-13);
        }
        if (SEEN[frame][row] == 1) {
          from = part(states.get(1), frame * ROWS + row);
          gap = 0;
        }
      }
    }
  }

  /** The whole of an ODE-RNN in plain loops over rows, frames and sub-steps. */
  @Test
  void odeRnn() {
    Mlp slope = Mlp.of(Activation.ELU, HIDDEN, 4, HIDDEN);
    OdeRnn network = OdeRnn.of(BITS, HIDDEN, slope, 5, new Gap(new Euler(), 1, 2));
    Values values = values(network);
    DoubleTensor frames = Values.normals(22, FRAMES, ROWS, DIM);
    List<DoubleTensor> states = run(network, values, frames, false);
    for (int row = 0; row < ROWS; row++) {
      double[] h = values.get(network.initial().expr()).toArray();
      double[] s = new double[HIDDEN];
      for (int frame = 0; frame < FRAMES; frame++) {
        for (int k = 0; k < 2; k++) {
          double[] f = mlp(slope.layers(), values, elu(h, slope, values));
          for (int j = 0; j < HIDDEN; j++) {
            h[j] += f[j] / 2;
          }
        }
        assertArrayEquals(h, part(states.get(0), frame * ROWS + row), 1e-12);
        if (SEEN[frame][row] == 1) {
          double[] y = {frames.get(frame, row, 0), frames.get(frame, row, 1)};
          update(network, values, h, s, y);
        }
        assertArrayEquals(h, part(states.get(1), frame * ROWS + row), 1e-12);
      }
      assertFalse(Arrays.equals(new double[HIDDEN], s));
    }
  }

  private static void update(OdeRnn network, Values values, double[] h, double[] s, double[] y) {
    double[] z = gate(network.update(), values, h, s, y);
    double[] r = gate(network.reset(), values, h, s, y);
    double[] z1 = sigmoid(z);
    double[] r1 = sigmoid(r);
    double[] keptH = times(r1, h);
    double[] keptS = times(r1, s);
    double[] nc = gate(network.candidate(), values, keptH, keptS, y);
    for (int j = 0; j < HIDDEN; j++) {
      h[j] = (1 - z1[j]) * nc[j] + z1[j] * h[j];
      s[j] = Math.abs((1 - z1[j]) * Math.abs(nc[HIDDEN + j]) + z1[j] * s[j]);
    }
  }

  private static double[] gate(
      ConditionedMlp network, Values values, double[] h, double[] s, double[] y) {
    double[] first = linear(network.condition(), values, y);
    Tensor weight = values.get(network.weight().expr());
    for (int j = 0; j < first.length; j++) {
      for (int i = 0; i < HIDDEN; i++) {
        first[j] += h[i] * weight.get(i, j) + s[i] * weight.get(HIDDEN + i, j);
      }
      first[j] = Math.tanh(first[j]);
    }
    return linear(network.rest().getFirst(), values, first);
  }

  private static double[] elu(double[] h, Mlp slope, Values values) {
    double[] y = linear(slope.layers().getFirst(), values, h);
    return Arrays.stream(y).map(v -> v > 0 ? v : Math.expm1(v)).toArray();
  }

  private static double[] mlp(List<Linear> layers, Values values, double[] hidden) {
    return linear(layers.getLast(), values, hidden);
  }

  private static double[] linear(Linear layer, Values values, double[] x) {
    double[] y = values.get(layer.bias().expr()).toArray();
    Tensor weight = values.get(layer.weight().expr());
    for (int j = 0; j < y.length; j++) {
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * weight.get(i, j);
      }
    }
    return y;
  }

  private static double[] sigmoid(double[] x) {
    return Arrays.stream(x).map(v -> 1 / (1 + Math.exp(-v))).toArray();
  }

  private static double[] times(double[] x, double[] y) {
    double[] product = new double[x.length];
    Arrays.setAll(product, j -> x[j] * y[j]);
    return product;
  }

  @Test
  void refusesNoSteps() {
    Mlp slope = Mlp.of(Activation.ELU, HIDDEN, HIDDEN);
    assertThrows(
        IllegalArgumentException.class,
        () -> OdeRnn.of(BITS, HIDDEN, slope, 4, new Gap(new Euler(), 1, 0)));
  }
}
