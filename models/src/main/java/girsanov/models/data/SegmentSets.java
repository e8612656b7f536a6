package girsanov.models.data;

/**
 * Segments to learn from, to choose a model by, and to report on, all of the same frames and dims.
 */
public record SegmentSets(String name, Segments train, Segments valid, Segments test) {

  public SegmentSets {
    for (Segments part : new Segments[] {valid, test}) {
      if (part.frames() != train.frames() || part.dim() != train.dim()) {
        throw new IllegalArgumentException(
            name
                + ": expected segments [segment, "
                + train.frames()
                + ", "
                + train.dim()
                + "] in all sets, got "
                + part.values().shape()
                + ".");
      }
    }
  }
}
