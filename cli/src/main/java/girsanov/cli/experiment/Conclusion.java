package girsanov.cli.experiment;

import girsanov.tensor.Workers;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** What is measured, printed and drawn of a trained model. */
public sealed interface Conclusion permits SdeMatchingConclusion, FrameConclusion {

  /** The figures by their keys in {@code metrics.json}: docs/metrics.md. */
  SequencedMap<String, Object> figures(Workers workers);

  /** The figures as lines to print. */
  List<String> table(Map<String, Object> figures);

  /** What the model makes beside data, as PNG, by the names of the files. */
  SequencedMap<String, Supplier<byte[]>> pictures();
}
