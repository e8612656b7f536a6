package girsanov.bench.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import girsanov.bench.compare.Contender;
import girsanov.bench.compare.Peer;
import girsanov.bench.compare.Work;
import girsanov.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch through DJL: the official libtorch, called from Java. It trains the MLP and the GRU-ODE.
 */
public final class DjlPeer implements Peer {
  private static final int STEPS = 40;
  private static final float DT = 0.05f;
  private static final float LEARNING_RATE = 1e-3f;

  private @Nullable Engine engine;

  public DjlPeer() {
    Path cache = Path.of(System.getProperty("girsanov.bench", "."), "target", "native", "djl");
    set("DJL_CACHE_DIR", cache.toAbsolutePath().toString());
    set("ai.djl.offline", "true");
    set("slf4j.internal.verbosity", "ERROR");
  }

  private static void set(String property, String value) {
    String unused = System.setProperty(property, value);
  }

  @Override
  public String name() {
    return "DJL";
  }

  @Override
  public Optional<Contender> enter(Work work, int threads) {
    if (!(work instanceof Work.Training training)) {
      return Optional.empty();
    }
    return switch (training.kind()) {
      case "mlp" -> Optional.of(new Training(engine(), training, threads, DjlPeer::mlp));
      case "gru-ode" -> Optional.of(new Training(engine(), training, threads, DjlPeer::gruOde));
      default -> Optional.empty();
    };
  }

  /** Loaded when it is needed, and before MKL: libtorch would use functions of that MKL. */
  private Engine engine() {
    Engine found = engine == null ? Engine.getEngine("PyTorch") : engine;
    engine = found;
    return found;
  }

  /** A loss of named parameters and of the data in order. */
  private interface Loss {
    NDArray of(Map<String, NDArray> parameters, List<NDArray> data);
  }

  private static NDArray mlp(Map<String, NDArray> p, List<NDArray> data) {
    NDArray y = data.get(0);
    for (int i = 0; p.containsKey("layers." + i + ".weight"); i++) {
      NDArray input = i == 0 ? y : Activation.elu(y, 1);
      y = input.matMul(p.get("layers." + i + ".weight")).add(p.get("layers." + i + ".bias"));
    }
    return halfSquares(y.sub(data.get(1)));
  }

  private static NDArray gruOde(Map<String, NDArray> p, List<NDArray> data) {
    NDArray h = data.get(0);
    for (int i = 0; i < STEPS; i++) {
      var both = Activation.sigmoid(h.matMul(p.get("gates"))).split(2, 1);
      NDArray u = both.get(0).mul(h).matMul(p.get("candidate")).tanh();
      h = h.add(both.get(1).neg().add(1).mul(u.sub(h)).mul(DT));
    }
    return halfSquares(h.sub(data.get(1)));
  }

  /** A mean over the sequences. */
  private static NDArray halfSquares(NDArray x) {
    return x.square().sum().mul(0.5f / x.getShape().get(0));
  }

  private static final class Training implements Contender {
    private final Engine engine;
    private final int threads;
    private final Loss loss;
    private final NDManager manager;
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final List<NDArray> data = new ArrayList<>();
    private final Optimizer adam =
        Optimizer.adam().optLearningRateTracker(Tracker.fixed(LEARNING_RATE)).build();

    Training(Engine engine, Work.Training work, int threads, Loss loss) {
      this.engine = engine;
      this.threads = threads;
      this.loss = loss;
      manager = engine.newBaseManager();
      work.start()
          .tensors()
          .forEach(
              (name, tensor) -> {
                NDArray parameter = array(tensor);
                parameter.setRequiresGradient(true);
                parameters.put(name, parameter);
              });
      var traced = work.objective().trace(work.objective().sequences());
      var inputs = new ArrayList<Tensor>();
      for (var input : traced.inputs()) {
        inputs.add(Tensor.zeros(work.start().precision(), input.shape()));
      }
      work.objective().fill(0, 0, inputs);
      inputs.forEach(tensor -> data.add(array(tensor)));
    }

    private NDArray array(Tensor tensor) {
      int[] dims = tensor.shape().dims();
      var shape = new long[dims.length];
      for (int i = 0; i < dims.length; i++) {
        shape[i] = dims[i];
      }
      return manager.create(JavaProducts.floats(tensor.toArray()), new Shape(shape));
    }

    @Override
    public String name() {
      return "DJL-" + threads + "t";
    }

    @Override
    public double[] result() {
      JniUtils.setNumThreads(threads);
      double value = gradient();
      double squares = 0;
      for (NDArray parameter : parameters.values()) {
        squares += parameter.getGradient().square().sum().getFloat();
      }
      // What Adam remembers is made here, outside the scope of a step.
      update();
      return new double[] {value, Math.sqrt(squares)};
    }

    private double gradient() {
      try (GradientCollector collector = engine.newGradientCollector()) {
        NDArray value = loss.of(parameters, data);
        collector.backward(value);
        return value.getFloat();
      }
    }

    private void update() {
      parameters.forEach(
          (name, parameter) -> adam.update(name, parameter, parameter.getGradient()));
    }

    @Override
    public double run(int repetitions) {
      JniUtils.setNumThreads(threads);
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        try (var scope = new NDScope()) {
          double unused = gradient();
          update();
          scope.suppressNotUsedWarning();
        }
      }
      return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public void close() {
      manager.close();
    }
  }
}
