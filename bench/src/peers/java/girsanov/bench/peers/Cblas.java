package girsanov.bench.peers;

import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Work;
import girsanov.tensor.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The C interface of a BLAS, called on 64-byte aligned memory outside the heap, without a copy. */
final class Cblas {
  private static final int ROW_MAJOR = 101;
  private static final int NO_TRANSPOSE = 111;
  private static final long ALIGNMENT = 64;

  private final String name;
  private final MethodHandle sgemm;
  private final MethodHandle dgemm;
  private final MethodHandle setThreads;

  /**
   * Finds the functions of a library.
   *
   * @param setThreads the name of the function that sets the number of threads
   */
  Cblas(String name, MemorySegment library, String setThreads) {
    this.name = name;
    sgemm = NativeLibraries.function(library, "cblas_sgemm", gemm(ValueLayout.JAVA_FLOAT));
    dgemm = NativeLibraries.function(library, "cblas_dgemm", gemm(ValueLayout.JAVA_DOUBLE));
    this.setThreads =
        NativeLibraries.function(
            library, setThreads, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
  }

  private static FunctionDescriptor gemm(MemoryLayout scalar) {
    MemoryLayout integer = ValueLayout.JAVA_INT;
    MemoryLayout pointer = ValueLayout.ADDRESS;
    return FunctionDescriptor.ofVoid(
        integer, integer, integer, integer, integer, integer, scalar, pointer, integer, pointer,
        integer, scalar, pointer, integer);
  }

  Contender enter(Work.Product work, int threads) {
    return new Product(work, threads);
  }

  private final class Product implements Contender {
    private final Work.Product work;
    private final int threads;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment a;
    private final MemorySegment b;
    private final MemorySegment c;

    Product(Work.Product work, int threads) {
      this.work = work;
      this.threads = threads;
      a = filled(work.a());
      b = filled(work.b());
      c = filled(new double[work.m() * work.n()]);
    }

    private MemorySegment filled(double[] values) {
      int bytes = work.precision().bytes();
      MemorySegment segment = arena.allocate((long) values.length * bytes, ALIGNMENT);
      for (int i = 0; i < values.length; i++) {
        if (work.precision() == Precision.FLOAT) {
          segment.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) values[i]);
        } else {
          segment.setAtIndex(ValueLayout.JAVA_DOUBLE, i, values[i]);
        }
      }
      return segment;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public double run(int repetitions) {
      try {
        setThreads.invokeExact(threads);
        long start = System.nanoTime();
        if (work.precision() == Precision.FLOAT) {
          floats(repetitions);
        } else {
          doubles(repetitions);
        }
        return (System.nanoTime() - start) * 1e-9;
      } catch (Throwable e) {
        throw NativeLibraries.rethrown(e);
      }
    }

    private void floats(int repetitions) throws Throwable {
      int m = work.m();
      int k = work.k();
      int n = work.n();
      int no = NO_TRANSPOSE;
      for (int i = 0; i < repetitions; i++) {
        sgemm.invokeExact(ROW_MAJOR, no, no, m, n, k, 1f, a, k, b, n, 0f, c, n);
      }
    }

    private void doubles(int repetitions) throws Throwable {
      int m = work.m();
      int k = work.k();
      int n = work.n();
      int no = NO_TRANSPOSE;
      for (int i = 0; i < repetitions; i++) {
        dgemm.invokeExact(ROW_MAJOR, no, no, m, n, k, 1.0, a, k, b, n, 0.0, c, n);
      }
    }

    @Override
    public double[] result() {
      double unused = run(1);
      var values = new double[work.m() * work.n()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            work.precision() == Precision.FLOAT
                ? c.getAtIndex(ValueLayout.JAVA_FLOAT, i)
                : c.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      }
      return values;
    }

    @Override
    public void close() {
      arena.close();
    }
  }
}
