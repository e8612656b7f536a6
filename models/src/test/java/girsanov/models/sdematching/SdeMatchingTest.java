package girsanov.models.sdematching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Jvp;
import girsanov.models.Values;
import girsanov.models.data.Lorenz;
import girsanov.models.data.TimeSeries;
import girsanov.models.nn.Parameters;
import girsanov.models.sdematching.SdeMatchingObjective.Options;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.models.training.Objective.Loss;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The loss: its size, its derivatives, its weights, its floor. */
final class SdeMatchingTest {
  private static final int DIM = 3;

  /** Seven uneven times on [0, 2], 5 sequences. */
  private static TimeSeries data() {
    double[] times = {0, 0.1, 0.5, 0.9, 1.4, 1.6, 2};
    List<String> names = IntStream.range(0, DIM).mapToObj(i -> "x" + i).toList();
    return new TimeSeries(
        times, Values.normals(5, 5, times.length, DIM), names, Collections.nCopies(DIM, "1"));
  }

  private static Architecture small(Architecture.Encoding encoding) {
    return new Architecture(
        2,
        4,
        0.01,
        encoding,
        5,
        3,
        4,
        6,
        2,
        -0.5,
        Architecture.Likelihood.LEARNED_NOISE,
        0.3,
        4,
        -6,
        2);
  }

  private static Options options(Conditioning conditioning, int draws) {
    return new Options(Weighting.NELBO, conditioning, Sampling.INDEPENDENT, draws, 17);
  }

  @Test
  void theNotebooksModelHasTheNotebooksSize() {
    SdeMatching model = Architecture.notebook().model(3);
    assertEquals(54_739, Parameters.count(model));
    assertEquals(1_204, Parameters.count(((NeuralPrior) model.prior()).diffusion()));
    assertTrue(Parameters.flatten(model).containsKey("posterior.encoder.gru.weight_hh"));
  }

  @Test
  void theMotionCaptureModelHasThePartsOfLi() {
    SdeMatching model = Architecture.mocap().model(50);
    assertEquals(396 + 546 + 12, Parameters.count((NeuralPrior) model.prior()));
    assertEquals(4_240, Parameters.count((LearnedNoiseDecoder) model.decoder()));
  }

  /** Every parameter's gradient along one random direction, noise fixed, by central differences. */
  @ParameterizedTest
  @EnumSource(Architecture.Encoding.class)
  void gradientEqualsDifferenceQuotients(Architecture.Encoding encoding) {
    SdeMatching model = small(encoding).model(DIM);
    var objective =
        new SdeMatchingObjective(
            model, data(), options(new Conditioning(7, 7, 3, Conditioning.Scored.PREFIX), 2));
    Loss loss = objective.trace(2);
    Values.of(model, 3).fill(objective, loss, 11, 1).checkGradient(loss.total(), model);
  }

  /** ∂F/∂t at fixed ε. */
  @ParameterizedTest
  @EnumSource(Architecture.Encoding.class)
  void velocityEqualsDifferenceQuotients(Architecture.Encoding encoding) {
    SdeMatching model = small(encoding).model(DIM);
    Expr x = Expr.input("x", 7, 2, DIM);
    Expr t = Expr.input("t", 2, 4);
    Expr noise = Expr.input("noise", 2, 4, 2);
    Posterior.Marginals q = model.posterior().given(new Observations(data().times(), 2, x));
    Expr z = q.at(t).sample(noise);
    Expr velocity = Jvp.of(List.of(z), List.of(t), List.of(Expr.ones(t.shape()))).getFirst();
    DoubleTensor times = Values.units(1, 2, 4);
    Values values =
        Values.of(model, 4)
            .put(x, Values.normals(2, 7, 2, DIM))
            .put(noise, Values.normals(3, 2, 4, 2))
            .put(t, times);
    Tensor actual = values.run(velocity);
    double step = 1e-5;
    Tensor above = values.put(t, shifted(times, step)).run(z);
    Tensor below = values.put(t, shifted(times, -step)).run(z);
    for (int i = 0; i < actual.size(); i++) {
      assertEquals((above.at(i) - below.at(i)) / (2 * step), actual.at(i), 1e-7);
    }
  }

  private static DoubleTensor shifted(DoubleTensor times, double by) {
    DoubleTensor moved = times.copy();
    for (int i = 0; i < moved.size(); i++) {
      moved.put(i, times.at(i) + by);
    }
    return moved;
  }

  /**
   * Averaged over all i, N · (−log p(x_i|z_i)) is the full sum; the notebook's total lacks the N.
   */
  @Test
  void reconstructionHasTheWeightOfAllObservations() {
    SdeMatching model = small(Architecture.Encoding.NOTEBOOK).model(DIM);
    Expr x = Expr.input("x", 7, 1, DIM);
    var given = new Observations(data().times(), 2, x);
    // One draw at each observation: the estimate is then the sum itself.
    Expr all = Expr.input("all", 1, 7);
    Expr noise = Expr.input("noise", 1, 7, 2);
    var every =
        new Nelbo.Draws(
            Expr.constant(2), Expr.constant(7), all, noise, all, x.transpose(1, 0, 2), noise);
    Nelbo nelbo = Nelbo.of(model, given, every);
    Posterior.Marginals q = model.posterior().given(given);
    var terms = new ArrayList<Expr>(List.of(nelbo.reconstruction()));
    for (int i = 0; i < 7; i++) {
      Expr z = q.at(all.slice(1, i, i + 1)).sample(noise.slice(1, i, i + 1));
      terms.add(model.decoder().given(z).negativeLogDensity(x.slice(0, i, i + 1)));
    }
    DoubleTensor times = DoubleTensor.zeros(all.shape());
    for (int i = 0; i < 7; i++) {
      times.put(i, data().times()[i]);
    }
    List<Tensor> results =
        Values.of(model, 5)
            .put(x, Values.normals(6, 7, 1, DIM))
            .put(all, times)
            .put(noise, Values.normals(7, 1, 7, 2))
            .run(terms);
    double sum = results.subList(1, 8).stream().mapToDouble(term -> term.at(0)).sum();
    assertEquals(sum, results.getFirst().at(0), 1e-9 * Math.abs(sum));
  }

  @Test
  void theNotebooksTotalIsWithoutTheWeight() {
    SdeMatching model = small(Architecture.Encoding.NOTEBOOK).model(DIM);
    var totals = new ArrayList<Double>();
    double reconstruction = 0;
    for (Weighting weighting : Weighting.values()) {
      var options = new Options(weighting, Conditioning.onAll(7), Sampling.INDEPENDENT, 1, 17);
      var objective = new SdeMatchingObjective(model, data(), options);
      Loss loss = objective.trace(5);
      Values values = Values.of(model, 3).fill(objective, loss, 0, 0);
      totals.add(values.run(loss.total()).at(0));
      Expr term = loss.terms().get("reconstruction");
      reconstruction = term == null ? Double.NaN : values.run(term).at(0);
    }
    assertEquals(totals.get(0) - reconstruction * 6 / 7, totals.get(1), 1e-9);
  }

  /**
   * With std 0.01 a decoder that knows the states exactly scores 41 · 3 · (½ log 2π + log 0.01 + ½)
   * = −391.9 nats on average over the observation noise; to score less, q must follow the noise of
   * the very observations it is scored on, and −453.4 is out of reach even so.
   */
  @Test
  void reconstructionOfLorenzHasAFloor() {
    int scalars = 41 * 3;
    double least = scalars * (0.5 * Math.log(2 * Math.PI) + Math.log(0.01));
    assertEquals(-391.9, least + 0.5 * scalars, 0.05);

    int sequences = 1000;
    DoubleTensor states = Values.normals(1, sequences, 41, 3);
    DoubleTensor noise = Values.normals(2, sequences, 41, 3);
    DoubleTensor seen = states.copy();
    for (int i = 0; i < seen.size(); i++) {
      seen.put(i, states.at(i) + Lorenz.OBSERVATION_NOISE * noise.at(i));
    }
    Expr mean = Expr.input("mean", sequences, 41, 3);
    Expr x = Expr.input("x", sequences, 41, 3);
    Expr logStd = Expr.constant(Math.log(0.01)).broadcastTo(mean.shape());
    Expr score = new Gaussian(mean, logStd).negativeLogDensity(x).sum().dividedBy(sequences);
    // χ²/2 with 123 degrees of freedom has variance 123/2: 4 standard errors.
    double error = 4 * Math.sqrt(scalars / 2.0 / sequences);
    assertEquals(-391.9, new Values().put(mean, states).put(x, seen).run(score).at(0), error);
    assertEquals(least, new Values().put(mean, states).put(x, states).run(score).at(0), 1e-6);

    SdeMatching model = Architecture.notebook().model(3);
    TimeSeries train = Lorenz.BARTOSH.simulate(1, 4, 1).data().train();
    var objective = new SdeMatchingObjective(model, train, options(Conditioning.onAll(41), 8));
    Loss loss = objective.trace(4);
    Expr term = loss.terms().getOrDefault("reconstruction", loss.total());
    assertTrue(Values.of(model, 1).fill(objective, loss, 0, 0).run(term).at(0) / 4 > -391.9);
  }
}
