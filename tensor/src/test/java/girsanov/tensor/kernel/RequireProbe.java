package girsanov.tensor.kernel;

/** Asks for the Vector API; LaneWidthTest runs it in a Java started without. */
final class RequireProbe {
  private RequireProbe() {}

  public static void main(String[] args) {
    VectorApi.require();
  }
}
