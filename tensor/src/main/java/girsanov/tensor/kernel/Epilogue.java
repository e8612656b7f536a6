package girsanov.tensor.kernel;

/**
 * What follows a product while its rows are still in the cache: C = f(C + bias).
 *
 * @param bias whether a row of n numbers is added to each row of C
 * @param activation f
 */
public record Epilogue(boolean bias, Activation activation) {
  /** Nothing follows. */
  public static final Epilogue NONE = new Epilogue(false, Activation.IDENTITY);
}
