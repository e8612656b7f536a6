package girsanov.models.training;

/** Minimises an {@link Objective}. */
public final class Trainer {
  private Trainer() {}
}
