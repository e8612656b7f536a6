package girsanov.models.data;

/** What a segment is for. */
public enum Part {
  /** To learn from. */
  TRAIN,
  /** To choose a model by. */
  VALID,
  /** To report on. */
  TEST
}
