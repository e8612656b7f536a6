package girsanov.bench.compare;

import girsanov.models.training.Objective.Loss;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * PyTorch for Python, as its own process with its allocator tuned: glibc would return big blocks to
 * the kernel after each use, which makes training about half as fast. One process serves each
 * number of threads.
 */
final class PythonPeer implements Peer {
  private static final Map<String, String> KEEP_MEMORY =
      Map.of(
          "MALLOC_MMAP_THRESHOLD_", "4294967296",
          "MALLOC_TRIM_THRESHOLD_", "17179869184",
          "MALLOC_TOP_PAD_", "268435456");

  /** What the script trains, by what it is asked for: the names differ where two do the same. */
  static final Map<String, String> TORCH =
      Map.of(
          "mlp", "mlp",
          "gru", "gru",
          "gru-ode", "gru-ode",
          "sde-matching", "sde-matching",
          "latent-sde", "latent-sde");

  static final Map<String, String> TORCHSDE =
      Map.of("latent-sde", "torchsde", "latent-sde-adjoint", "torchsde-adjoint");

  private final String name;
  private final Map<String, String> kinds;
  private final List<String> command;
  private final String script;
  private final Map<Integer, PythonProcess> processes = new TreeMap<>();
  private final String version;
  private int works;

  /**
   * Looks for PyTorch.
   *
   * @param name as in the report; one that begins with another package than torch needs that too
   * @param kinds {@link #TORCH} or {@link #TORCHSDE}
   * @param command of an interpreter
   * @param script the text of {@code peer.py}
   */
  PythonPeer(String name, Map<String, String> kinds, List<String> command, String script) {
    this.name = name;
    this.kinds = kinds;
    this.command = command;
    this.script = script;
    version = version();
  }

  private String version() {
    try (PythonProcess process = start(1)) {
      process.send("version");
      return process.line();
    } catch (IOException e) {
      return "error: " + e.getMessage();
    }
  }

  @Override
  public String name() {
    return name;
  }

  /** Which PyTorch, with which BLAS; or why there is none. */
  String describe() {
    return version;
  }

  /** Whether there is a PyTorch which lacks what the script needs; the script says what that is. */
  boolean isTooOld() {
    return version.startsWith("found");
  }

  @Override
  public Optional<String> missing() {
    if (version.startsWith("torch") && (kinds != TORCHSDE || version.contains("torchsde"))) {
      return Optional.empty();
    }
    String interpreter = "'" + String.join(" ", command) + "'";
    String why =
        isTooOld()
            ? "in %s %s".formatted(interpreter, version)
            : "%s does not import it (%s)".formatted(interpreter, version);
    return Optional.of(why + "; name an interpreter that has it: --python \"COMMAND\"");
  }

  List<String> command() {
    return command;
  }

  String script() {
    return script;
  }

  PythonProcess start(int threads) throws IOException {
    var environment = new HashMap<>(KEEP_MEMORY);
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    return new PythonProcess(command, script, environment);
  }

  private PythonProcess of(int threads) {
    return processes.computeIfAbsent(
        threads,
        key -> {
          try {
            return start(key);
          } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
          }
        });
  }

  @Override
  public Optional<Contender> enter(Work work, int threads) {
    return switch (work) {
      case Work.Mapping mapping when kinds == TORCH -> {
        PythonProcess process = of(threads);
        int id = works++;
        String function = mapping.function().name().toLowerCase(Locale.ROOT);
        process.send("open " + id + " " + function + " 1");
        process.send("x", new int[] {mapping.n()}, mapping.x());
        yield Optional.of(new Session(process, id, name(), process.answer()));
      }
      case Work.Normals normals when kinds == TORCH -> {
        PythonProcess process = of(threads);
        int id = works++;
        process.send("open " + id + " normals 1");
        process.send("x", new int[] {normals.n()}, new double[normals.n()]);
        yield Optional.of(new Session(process, id, name(), process.answer()));
      }
      case Work.Training training when kinds.containsKey(training.kind()) -> {
        PythonProcess process = of(threads);
        int id = works++;
        send(process, id, kinds.getOrDefault(training.kind(), ""), training);
        String name = name() + "-" + threads + "t";
        yield Optional.of(new Session(process, id, name, process.answer()));
      }
      case Work.Figure figure when kinds == TORCH && figure.kind() == Work.Kind.PEAK_MEMORY ->
          Optional.of(new PeakMemory(this, figure, threads));
      case Work.Product _, Work.Mapping _, Work.Normals _, Work.Training _, Work.Figure _ ->
          Optional.empty();
    };
  }

  /** The parameters, and the data and noise of iteration 0, of the whole batch. */
  static void send(PythonProcess process, int id, String kind, Work.Training work) {
    ParameterVector start = work.start();
    int sequences = work.objective().sequences();
    Loss loss = work.objective().trace(sequences);
    List<Tensor> inputs = new ArrayList<>();
    for (var input : loss.inputs()) {
      inputs.add(Tensor.zeros(start.precision(), input.shape()));
    }
    work.objective().fill(0, 0, inputs);
    int tensors = start.tensors().size() + inputs.size();
    process.send("open " + id + " " + kind + " " + tensors);
    start.tensors().forEach((name, tensor) -> send(process, name, tensor));
    for (int i = 0; i < inputs.size(); i++) {
      send(process, loss.inputs().get(i).op().symbol(), inputs.get(i));
    }
  }

  private static void send(PythonProcess process, String name, Tensor tensor) {
    process.send(name, tensor.shape().dims(), tensor.toArray());
  }

  @Override
  public void close() {
    processes.values().forEach(PythonProcess::close);
  }

  /** One piece of work in a process. */
  private record Session(PythonProcess process, int id, String name, double[] result)
      implements Contender {
    @Override
    public double run(int repetitions) {
      process.send("run " + id + " " + repetitions);
      return process.answer()[0];
    }

    @Override
    public void close() {
      process.send("close " + id);
      double[] unused = process.answer();
    }
  }

  /** Of a process that does nothing but this. */
  private record PeakMemory(PythonPeer peer, Work.Figure work, int threads) implements Contender {
    @Override
    public String name() {
      return peer.name();
    }

    @Override
    public double run(int repetitions) {
      try (PythonProcess process = peer.start(threads)) {
        send(process, 0, work.model().kind(), work.model().training(work.batch()));
        double[] first = process.answer();
        process.send("run 0 " + work.steps());
        double[] seconds = process.answer();
        process.send("peak");
        double peak = process.answer()[0];
        return first.length > 0 && seconds[0] > 0 ? repetitions * peak : Double.NaN;
      } catch (IOException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }

    @Override
    public double[] result() {
      return new double[0];
    }
  }
}
