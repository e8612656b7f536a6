package girsanov.bench.peers;

import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Peer;
import girsanov.bench.compare.Work;
import girsanov.bench.peers.JavaProducts.Call;
import girsanov.tensor.Precision;
import java.util.Optional;
import org.ejml.concurrency.EjmlConcurrency;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.dense.row.CommonOps_MT_DDRM;
import org.ejml.dense.row.CommonOps_MT_FDRM;

/** EJML's dense row-major product, of its concurrent variant on several threads. */
public final class EjmlPeer implements Peer {
  private boolean warm;

  @Override
  public String name() {
    return "EJML";
  }

  @Override
  public Optional<Contender> enter(Work work, int threads) {
    if (!warm) {
      warm = true;
      JavaProducts.warmUp(this);
    }
    return JavaProducts.product(work).map(product -> enter(product, threads));
  }

  private Contender enter(Work.Product work, int threads) {
    if (work.precision() == Precision.FLOAT) {
      var a = new FMatrixRMaj(work.m(), work.k(), true, JavaProducts.floats(work.a()));
      var b = new FMatrixRMaj(work.k(), work.n(), true, JavaProducts.floats(work.b()));
      var c = new FMatrixRMaj(work.m(), work.n());
      Runnable multiply =
          threads == 1 ? () -> CommonOps_FDRM.mult(a, b, c) : () -> CommonOps_MT_FDRM.mult(a, b, c);
      return new Call(name(), with(threads, multiply), () -> JavaProducts.doubles(c.data));
    }
    var a = new DMatrixRMaj(work.m(), work.k(), true, work.a());
    var b = new DMatrixRMaj(work.k(), work.n(), true, work.b());
    var c = new DMatrixRMaj(work.m(), work.n());
    Runnable multiply =
        threads == 1 ? () -> CommonOps_DDRM.mult(a, b, c) : () -> CommonOps_MT_DDRM.mult(a, b, c);
    return new Call(name(), with(threads, multiply), () -> c.data);
  }

  private static Runnable with(int threads, Runnable multiply) {
    if (threads > 1) {
      EjmlConcurrency.setMaxThreads(threads);
    }
    return multiply;
  }
}
