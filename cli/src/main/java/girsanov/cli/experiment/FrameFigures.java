package girsanov.cli.experiment;

import girsanov.models.frames.FrameScores;
import girsanov.models.frames.FrameScores.Figures;
import girsanov.models.frames.Regime;
import girsanov.readers.Kind;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;

/** The scores of a model of frames by their keys in {@code metrics.json}: docs/metrics.md. */
public final class FrameFigures {
  /** After the prefix, before the keys of {@link #strict}. */
  public static final String STRICT = ".strict";

  private FrameFigures() {}

  /** All of them; those that music alone has only for music. */
  public static SequencedMap<String, Object> of(String prefix, Kind kind, FrameScores scores) {
    var figures = new LinkedHashMap<String, Object>();
    addBound(figures, prefix, scores);
    for (Regime regime : Regime.values()) {
      add(figures, prefix + ".observed." + word(regime), kind, scores.predicted(), regime);
    }
    for (Regime regime : Regime.values()) {
      add(figures, prefix + ".held_out." + word(regime), kind, scores.heldOut(), regime);
    }
    return figures;
  }

  /**
   * Those in which a model that was trained assimilated differs when it is judged as the strict
   * model of the same parameters: its bound, and Q, which goes by another h→. G is asked the same.
   */
  public static SequencedMap<String, Object> strict(String prefix, Kind kind, FrameScores scores) {
    String strict = prefix + STRICT;
    var figures = new LinkedHashMap<String, Object>();
    addBound(figures, strict, scores);
    Regime smoothed = Regime.SMOOTHED;
    add(figures, strict + ".observed." + word(smoothed), kind, scores.predicted(), smoothed);
    add(figures, strict + ".held_out." + word(smoothed), kind, scores.heldOut(), smoothed);
    return figures;
  }

  private static void addBound(Map<String, Object> figures, String prefix, FrameScores scores) {
    figures.put(prefix + ".nll", scores.nll());
    figures.put(prefix + ".nll.standard_error", scores.nllError());
    figures.put(prefix + ".nll_per_frame", scores.nllOfFrame());
    figures.put(prefix + ".nll_per_dim", scores.nllOfDim());
    figures.put(prefix + ".divergence", scores.divergence());
    figures.put(prefix + ".importance", scores.importance());
  }

  private static void add(
      Map<String, Object> to, String key, Kind kind, Map<Regime, Figures> byRegime, Regime regime) {
    Figures figures = byRegime.get(regime);
    if (figures == null) {
      throw new IllegalArgumentException("expected figures of " + regime + ", got " + byRegime);
    }
    add(to::put, key, kind, figures);
  }

  /** Those of frames of one kind in one regime, or of what needs no model. */
  public static void add(BiConsumer<String, Double> to, String key, Kind kind, Figures figures) {
    if (kind == Kind.MUSIC) {
      for (AccuracyForm form : AccuracyForm.values()) {
        to.accept(key + form.key(), form.of(figures));
      }
    }
    if (!Double.isNaN(figures.std())) {
      to.accept(key + ".std", figures.std());
    }
    to.accept(key + ".rmse", figures.rmse());
  }

  private static String word(Regime regime) {
    return regime.name().toLowerCase(Locale.ROOT);
  }
}
