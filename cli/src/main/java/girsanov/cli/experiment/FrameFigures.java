package girsanov.cli.experiment;

import girsanov.models.frames.FrameScores;
import girsanov.models.frames.FrameScores.Figures;
import girsanov.models.frames.Regime;
import girsanov.readers.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/** The scores of a model of frames by their keys in {@code metrics.json}: docs/metrics.md. */
public final class FrameFigures {
  private FrameFigures() {}

  /** All of them; those that music alone has only for music. */
  public static SequencedMap<String, Object> of(String prefix, Kind kind, FrameScores scores) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put(prefix + ".nll", scores.nll());
    figures.put(prefix + ".nll.standard_error", scores.nllError());
    figures.put(prefix + ".nll_per_frame", scores.nllOfFrame());
    figures.put(prefix + ".nll_per_dim", scores.nllOfDim());
    figures.put(prefix + ".divergence", scores.divergence());
    figures.put(prefix + ".importance", scores.importance());
    for (Regime regime : Regime.values()) {
      add(figures, prefix + ".observed." + word(regime), kind, scores.predicted(), regime);
    }
    for (Regime regime : Regime.values()) {
      add(figures, prefix + ".held_out." + word(regime), kind, scores.heldOut(), regime);
    }
    return figures;
  }

  private static void add(
      Map<String, Object> to, String key, Kind kind, Map<Regime, Figures> byRegime, Regime regime) {
    Figures figures = byRegime.get(regime);
    if (figures == null) {
      throw new IllegalArgumentException("expected figures of " + regime + ", got " + byRegime);
    }
    if (kind == Kind.MUSIC) {
      to.put(key + ".accuracy", figures.sampled());
      to.put(key + ".accuracy.sounding", figures.sampledSounding());
      to.put(key + ".accuracy.threshold", figures.threshold());
      to.put(key + ".accuracy.threshold.sounding", figures.thresholdSounding());
      to.put(key + ".accuracy.accumulated", figures.accumulated());
    }
    to.put(key + ".rmse", figures.rmse());
  }

  private static String word(Regime regime) {
    return regime.name().toLowerCase(Locale.ROOT);
  }
}
