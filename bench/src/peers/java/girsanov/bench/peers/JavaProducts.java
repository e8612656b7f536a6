package girsanov.bench.peers;

import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Peer;
import girsanov.bench.compare.Work;
import girsanov.bench.compare.Work.Product;
import girsanov.tensor.Precision;
import java.util.Optional;
import java.util.function.Supplier;

/** What the Java libraries have in common: a product to call, and its C to read. */
final class JavaProducts {
  /** Calls of a small product that let the JIT compile a library before its first row. */
  private static final int WARM_UP = 3000;

  private JavaProducts() {}

  /**
   * One library's way to do one product.
   *
   * @param multiply C = A B
   * @param c C as it is now, row by row
   */
  record Call(String name, Runnable multiply, Supplier<double[]> c) implements Contender {
    @Override
    public double run(int repetitions) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        multiply.run();
      }
      return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public double[] result() {
      multiply.run();
      return c.get();
    }
  }

  /** Many small products in each precision. */
  static void warmUp(Peer peer) {
    for (Precision precision : Precision.values()) {
      Optional<Contender> small = peer.enter(new Product(precision, 48, 48, 48), 1);
      small.ifPresent(contender -> contender.run(WARM_UP));
    }
  }

  static float[] floats(double[] values) {
    var floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  static double[] doubles(float[] values) {
    var doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The product that a piece of work is, if it is one. */
  static Optional<Product> product(Work work) {
    return work instanceof Product product ? Optional.of(product) : Optional.empty();
  }
}
