package girsanov.tensor.kernel;

/** Whether the JDK's Vector API, an incubator module, is there for the kernels. */
public final class VectorApi {
  private static final String MODULE = "jdk.incubator.vector";

  private VectorApi() {}

  public static boolean isPresent() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  /**
   * Fails with the remedy where the module is missing. Called before the first kernel is touched,
   * since a kernel class without the module would end in a bare {@link NoClassDefFoundError}.
   */
  public static void require() {
    if (!isPresent()) {
      throw new IllegalStateException(
          "Expected the module "
              + MODULE
              + " (the JDK's Vector API), which this Java was started without: add"
              + " --add-modules "
              + MODULE
              + " to the java command.");
    }
  }
}
