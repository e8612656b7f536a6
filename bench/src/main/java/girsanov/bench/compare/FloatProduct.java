package girsanov.bench.compare;

import girsanov.tensor.FloatParallelMatmul;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import girsanov.tensor.kernel.Extents;
import girsanov.tensor.kernel.FloatMatmul;

/** Our matrix product. The one place of the comparison that knows how it is called. */
final class FloatProduct implements Contender {
  /**
   * So long that G1 begins it with a cache line on any machine of less than 32 GiB. So lie the
   * operands in a program's arena, and so do those of the peers.
   */
  private static final int LARGE = 1 << 20;

  private final Extents extents;
  private final Workers workers;
  private final FloatParallelMatmul parallel;
  private final FloatTensor a;
  private final FloatTensor b;
  private final FloatTensor c;
  private final float[] scratch;

  FloatProduct(Work.Product work, Workers workers) {
    int m = work.m();
    int k = work.k();
    int n = work.n();
    extents = Extents.of(m, n, k);
    this.workers = workers;
    parallel = new FloatParallelMatmul(workers);
    a = filled(work.a(), m, k);
    b = filled(work.b(), k, n);
    c = zeros(m, n);
    int size =
        workers.threads() == 1 ? FloatMatmul.scratchSize(extents) : parallel.scratchSize(extents);
    scratch = new float[Math.max(size, LARGE)];
  }

  private static FloatTensor filled(double[] values, int rows, int columns) {
    FloatTensor tensor = zeros(rows, columns);
    fill(tensor, values);
    return tensor;
  }

  private static FloatTensor zeros(int rows, int columns) {
    Shape shape = Shape.of(rows, columns);
    int lead = Precision.FLOAT.lead();
    var array = new float[Math.max(lead + Precision.FLOAT.allocation(shape.size()), LARGE)];
    return FloatTensor.view(array, lead, shape);
  }

  private static void fill(Tensor tensor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      tensor.put(i, values[i]);
    }
  }

  @Override
  public String name() {
    return "girsanov";
  }

  @Override
  public double run(int repetitions) {
    long start = System.nanoTime();
    for (int i = 0; i < repetitions; i++) {
      multiply();
    }
    return (System.nanoTime() - start) * 1e-9;
  }

  private void multiply() {
    float[] x = a.array();
    float[] y = b.array();
    float[] z = c.array();
    int ao = a.offset();
    int bo = b.offset();
    int co = c.offset();
    if (workers.threads() == 1) {
      FloatMatmul.matmul(extents, x, ao, y, bo, z, co, scratch, 0);
    } else {
      parallel.matmul(extents, x, ao, y, bo, z, co, scratch, 0);
    }
  }

  @Override
  public double[] result() {
    multiply();
    return c.toArray();
  }
}
