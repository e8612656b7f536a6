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

  private final List<String> command;
  private final String script;
  private final Map<Integer, PythonProcess> processes = new TreeMap<>();
  private final String version;
  private int works;

  /**
   * Looks for PyTorch.
   *
   * @param command of an interpreter
   * @param script the text of {@code peer.py}
   */
  PythonPeer(List<String> command, String script) {
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
    return "PyTorch";
  }

  /** Which PyTorch, with which BLAS; or why there is none. */
  String describe() {
    return version;
  }

  @Override
  public Optional<String> missing() {
    return version.startsWith("torch")
        ? Optional.empty()
        : Optional.of(
            "no PyTorch for '%s' (%s); name an interpreter that has it: --python \"COMMAND\""
                .formatted(String.join(" ", command), version));
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
      case Work.Mapping mapping -> {
        PythonProcess process = of(threads);
        int id = works++;
        String function = mapping.function().name().toLowerCase(Locale.ROOT);
        process.send("open " + id + " " + function + " 1");
        process.send("x", new int[] {mapping.n()}, mapping.x());
        yield Optional.of(new Session(process, id, name(), process.answer()));
      }
      case Work.Training training -> {
        PythonProcess process = of(threads);
        int id = works++;
        send(process, id, training);
        String name = name() + "-" + threads + "t";
        yield Optional.of(new Session(process, id, name, process.answer()));
      }
      case Work.Product _, Work.Figure _ -> Optional.empty();
    };
  }

  /** The parameters, and the data and noise of iteration 0, of the whole batch. */
  static void send(PythonProcess process, int id, Work.Training work) {
    ParameterVector start = work.start();
    int sequences = work.objective().sequences();
    Loss loss = work.objective().trace(sequences);
    List<Tensor> inputs = new ArrayList<>();
    for (var input : loss.inputs()) {
      inputs.add(Tensor.zeros(start.precision(), input.shape()));
    }
    work.objective().fill(0, 0, inputs);
    int tensors = start.tensors().size() + inputs.size();
    process.send("open " + id + " " + work.kind() + " " + tensors);
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
}
