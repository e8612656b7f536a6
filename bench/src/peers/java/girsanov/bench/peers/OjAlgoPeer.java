package girsanov.bench.peers;

import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Peer;
import girsanov.bench.compare.Work;
import girsanov.bench.peers.JavaProducts.Call;
import girsanov.tensor.Precision;
import java.util.Optional;
import org.ojalgo.matrix.store.PhysicalStore;
import org.ojalgo.matrix.store.R032Store;
import org.ojalgo.matrix.store.R064Store;

/** ojAlgo's dense product. It decides on its threads itself, so it has one time for any number. */
public final class OjAlgoPeer implements Peer {
  private boolean warm;

  @Override
  public String name() {
    return "ojAlgo";
  }

  @Override
  public Optional<Contender> enter(Work work, int threads) {
    if (!warm) {
      warm = true;
      JavaProducts.warmUp(this);
    }
    return JavaProducts.product(work).map(this::enter);
  }

  private Contender enter(Work.Product work) {
    PhysicalStore.Factory<Double, ?> factory =
        work.precision() == Precision.FLOAT ? R032Store.FACTORY : R064Store.FACTORY;
    int m = work.m();
    int k = work.k();
    int n = work.n();
    PhysicalStore<Double> a = filled(factory.make(m, k), work.a(), k);
    PhysicalStore<Double> b = filled(factory.make(k, n), work.b(), n);
    PhysicalStore<Double> c = factory.make(m, n);
    return new Call(name(), () -> c.fillByMultiplying(a, b), () -> rows(c, m, n));
  }

  private static PhysicalStore<Double> filled(
      PhysicalStore<Double> store, double[] values, int columns) {
    for (int i = 0; i < values.length; i++) {
      store.set(i / columns, i % columns, values[i]);
    }
    return store;
  }

  private static double[] rows(PhysicalStore<Double> store, int rows, int columns) {
    var values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = store.doubleValue(i / columns, i % columns);
    }
    return values;
  }
}
