package girsanov.cli.experiment;

import girsanov.models.sdematching.Architecture;
import girsanov.models.sdematching.Conditioning;
import girsanov.models.sdematching.SdeMatchingObjective.Sampling;
import girsanov.models.sdematching.SdeMatchingObjective.Weighting;
import girsanov.tensor.Precision;

/** The experiments of SDE Matching. */
final class SdeMatchingPresets {
  private SdeMatchingPresets() {}

  static SdeMatchingExperiment lorenz(Data data, Weighting objective) {
    return new SdeMatchingExperiment(
        /* data= */ data,
        /* dataSeed= */ 0,
        /* sequences= */ 1024,
        /* heldOut= */ 1024,
        /* horizon= */ 1,
        /* trainFrames= */ 0,
        /* window= */ 0,
        /* objective= */ objective,
        /* posteriorFrames= */ 0,
        /* shortestPrefix= */ 0,
        /* scored= */ Conditioning.Scored.WHOLE,
        /* sampling= */ Sampling.INDEPENDENT,
        /* draws= */ 1,
        /* iterations= */ 4000,
        /* learningRate= */ 1e-3,
        /* learningRateDecay= */ 1,
        /* clipNorm= */ 0,
        /* precision= */ Precision.FLOAT,
        /* blockRows= */ 0,
        /* seed= */ 0,
        /* forecastFrom= */ 20,
        /* samples= */ 48,
        /* solverSteps= */ 25,
        /* validateEvery= */ 0,
        /* evaluationDraws= */ 64,
        /* model= */ Architecture.notebook());
  }

  static SdeMatchingExperiment mocap() {
    return mocap(
        /* trainFrames= */ 300,
        /* window= */ 200,
        /* posteriorFrames= */ 3,
        Conditioning.Scored.WHOLE,
        /* iterations= */ 8000,
        /* learningRateDecay= */ 0.9994,
        /* forecastFrom= */ 3,
        Architecture.mocap());
  }

  static SdeMatchingExperiment mocap2() {
    return mocap(
        /* trainFrames= */ 200,
        /* window= */ 150,
        /* posteriorFrames= */ 150,
        Conditioning.Scored.PREFIX,
        /* iterations= */ 6000,
        /* learningRateDecay= */ 0.9995,
        /* forecastFrom= */ 100,
        Architecture.mocapRecurrent());
  }

  private static SdeMatchingExperiment mocap(
      int trainFrames,
      int window,
      int posteriorFrames,
      Conditioning.Scored scored,
      int iterations,
      double learningRateDecay,
      int forecastFrom,
      Architecture model) {
    return new SdeMatchingExperiment(
        /* data= */ Data.MOCAP,
        /* dataSeed= */ 0,
        /* sequences= */ 16,
        /* heldOut= */ 4,
        /* horizon= */ 10,
        /* trainFrames= */ trainFrames,
        /* window= */ window,
        /* objective= */ Weighting.NELBO,
        /* posteriorFrames= */ posteriorFrames,
        /* shortestPrefix= */ 3,
        /* scored= */ scored,
        /* sampling= */ Sampling.SYSTEMATIC,
        /* draws= */ 8,
        /* iterations= */ iterations,
        /* learningRate= */ 5e-3,
        /* learningRateDecay= */ learningRateDecay,
        /* clipNorm= */ 0,
        /* precision= */ Precision.FLOAT,
        /* blockRows= */ 0,
        /* seed= */ 0,
        /* forecastFrom= */ forecastFrom,
        /* samples= */ 50,
        /* solverSteps= */ 5,
        /* validateEvery= */ 0,
        /* evaluationDraws= */ 64,
        /* model= */ model);
  }
}
