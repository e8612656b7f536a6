package girsanov.bench.peers;

import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Peer;
import girsanov.bench.compare.Work;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A native BLAS out of a JavaCPP preset, of which only the libraries are used. They are opened when
 * the first product needs them.
 */
final class BlasPeer {
  private final String name;
  private final Supplier<Cblas> open;
  private @Nullable Cblas blas;

  /**
   * A BLAS that is not open yet.
   *
   * @param libraries in the order in which they are opened; the last one has the functions
   * @param beside libraries that these open themselves
   * @param prepare is given the last library once it is open
   * @param setThreads the name of the function that sets the number of threads
   */
  BlasPeer(
      String name,
      String resources,
      List<String> libraries,
      List<String> beside,
      Consumer<MemorySegment> prepare,
      String setThreads) {
    this.name = name;
    open =
        () -> {
          var all = new ArrayList<>(libraries);
          all.addAll(beside);
          var folder = new NativeLibraries(resources, all);
          MemorySegment last = MemorySegment.NULL;
          for (String library : libraries) {
            last = folder.open(library);
          }
          prepare.accept(last);
          return new Cblas(name, last, setThreads);
        };
  }

  Optional<String> missing() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    return platform.equals("Linux amd64")
        ? Optional.empty()
        : Optional.of("its libraries are those for Linux on x86-64, this is " + platform);
  }

  Optional<Contender> enter(Work work, int threads) {
    if (!(work instanceof Work.Product product)) {
      return Optional.empty();
    }
    Cblas found = blas == null ? open.get() : blas;
    blas = found;
    return Optional.of(found.enter(product, threads));
  }

  String name() {
    return name;
  }

  /** Intel's MKL. */
  public static final class Mkl implements Peer {
    private final BlasPeer blas =
        new BlasPeer(
            "MKL",
            "/org/bytedeco/mkl/linux-x86_64/",
            List.of("libiomp5.so", "libmkl_rt.so.2"),
            List.of(
                "libmkl_core.so.2",
                "libmkl_intel_lp64.so.2",
                "libmkl_intel_thread.so.2",
                "libmkl_def.so.2",
                "libmkl_mc3.so.2",
                "libmkl_avx2.so.2",
                "libmkl_avx512.so.2"),
            Mkl::useIntelThreads,
            "MKL_Set_Num_Threads");

    /** With the OpenMP library that comes in the same jar. */
    private static void useIntelThreads(MemorySegment library) {
      var type = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      MethodHandle set = NativeLibraries.function(library, "MKL_Set_Threading_Layer", type);
      try {
        int unused = (int) set.invokeExact(0);
      } catch (Throwable e) {
        throw NativeLibraries.rethrown(e);
      }
    }

    @Override
    public String name() {
      return blas.name();
    }

    @Override
    public Optional<String> missing() {
      return blas.missing();
    }

    @Override
    public Optional<Contender> enter(Work work, int threads) {
      return blas.enter(work, threads);
    }
  }

  /** OpenBLAS. */
  public static final class OpenBlas implements Peer {
    private final BlasPeer blas =
        new BlasPeer(
            "OpenBLAS",
            "/org/bytedeco/openblas/linux-x86_64/",
            List.of("libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0"),
            List.of(),
            _ -> {},
            "openblas_set_num_threads");

    @Override
    public String name() {
      return blas.name();
    }

    @Override
    public Optional<String> missing() {
      return blas.missing();
    }

    @Override
    public Optional<Contender> enter(Work work, int threads) {
      return blas.enter(work, threads);
    }
  }
}
