package girsanov.bench.peers;

import dev.ludovic.netlib.blas.JavaBLAS;
import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Peer;
import girsanov.bench.compare.Work;
import girsanov.bench.peers.JavaProducts.Call;
import girsanov.tensor.Precision;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** netlib's BLAS in Java with the Vector API. One thread is all it uses. */
public final class VectorBlasPeer implements Peer {
  /** It announces on each start what it has found. */
  private static final Logger LOGGER = Logger.getLogger("dev.ludovic.netlib.blas");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private final JavaBLAS blas = JavaBLAS.getInstance();
  private boolean warm;

  @Override
  public String name() {
    return "VectorBLAS";
  }

  @Override
  public Optional<String> missing() {
    String found = blas.getClass().getSimpleName();
    return found.equals("VectorBLAS")
        ? Optional.empty()
        : Optional.of("netlib chose " + found + " on this JDK");
  }

  @Override
  public Optional<Contender> enter(Work work, int threads) {
    if (!warm) {
      warm = true;
      JavaProducts.warmUp(this);
    }
    return threads > 1 ? Optional.empty() : JavaProducts.product(work).map(this::enter);
  }

  /** BLAS thinks in columns: C = A B by rows is Cᵀ = Bᵀ Aᵀ by columns. */
  private Contender enter(Work.Product work) {
    int m = work.m();
    int k = work.k();
    int n = work.n();
    if (work.precision() == Precision.FLOAT) {
      float[] a = JavaProducts.floats(work.a());
      float[] b = JavaProducts.floats(work.b());
      var c = new float[m * n];
      Runnable multiply = () -> blas.sgemm("N", "N", n, m, k, 1, b, n, a, k, 0, c, n);
      return new Call(name(), multiply, () -> JavaProducts.doubles(c));
    }
    double[] a = work.a();
    double[] b = work.b();
    var c = new double[m * n];
    Runnable multiply = () -> blas.dgemm("N", "N", n, m, k, 1, b, n, a, k, 0, c, n);
    return new Call(name(), multiply, () -> c);
  }
}
