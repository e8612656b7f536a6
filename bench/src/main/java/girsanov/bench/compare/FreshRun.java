package girsanov.bench.compare;

import girsanov.autodiff.compile.Program;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import girsanov.tensor.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A process of its own that trains, and prints one figure of itself. */
final class FreshRun {
  private static final int THREADS = 2;

  /** Rows of a block, of what is traced to be compiled. */
  private static final int ROWS = 16;

  /** Full speed is reached when a few steps take no longer than this, relative to the last. */
  private static final double HARDLY_LONGER = 1.2;

  private static final int A_FEW = 3;

  private FreshRun() {}

  /** Arguments: a {@link Work.Kind}, what is trained, the sequences, the steps. */
  public static void main(String[] args) throws IOException {
    Work.Training training = Model.valueOf(args[1]).training(Integer.parseInt(args[2]));
    int steps = Integer.parseInt(args[3]);
    System.out.println(
        switch (Work.Kind.valueOf(args[0])) {
          case PEAK_MEMORY -> peakMemory(training, steps);
          case WORK_MEMORY -> (double) training.program(ROWS).workBytes() / ROWS;
          case COMPILE_TIME -> compileTime(training);
          case WARM_UP -> warmUp(training, steps);
          case ALLOCATION -> throw new IllegalArgumentException("not of a fresh process");
        });
  }

  private static double peakMemory(Work.Training training, int steps) throws IOException {
    try (var workers = new Workers(THREADS)) {
      Trainer trainer = trainer(training, workers);
      trainer.run(steps, _ -> {});
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return 1024 * Double.parseDouble(line.replaceAll("[^0-9]", ""));
        }
      }
    }
    return Double.NaN;
  }

  private static double compileTime(Work.Training training) {
    long start = System.nanoTime();
    Program program = training.program(ROWS);
    double seconds = (System.nanoTime() - start) * 1e-9;
    return program.workBytes() > 0 ? seconds : Double.NaN;
  }

  /**
   * From the making of a trainer on, which begins the kernels' warm-up; the data are there already.
   */
  private static double warmUp(Work.Training training, int steps) {
    var ends = new double[steps];
    var durations = new double[steps];
    long start = System.nanoTime();
    try (var workers = new Workers(THREADS)) {
      Trainer trainer = trainer(training, workers);
      for (int i = 0; i < steps; i++) {
        Progress step = trainer.step();
        durations[i] = step.seconds();
        ends[i] = (System.nanoTime() - start) * 1e-9;
      }
    }
    double[] late = Arrays.copyOfRange(durations, steps / 2, steps);
    double full = Measured.percentile(late, 0.5);
    for (int i = 0; i + A_FEW <= steps; i++) {
      double[] next = Arrays.copyOfRange(durations, i, i + A_FEW);
      if (Measured.percentile(next, 0.5) <= HARDLY_LONGER * full) {
        return ends[i] - durations[i];
      }
    }
    return Double.NaN;
  }

  private static Trainer trainer(Work.Training training, Workers workers) {
    return new Trainer(training.objective(), training.start(), training.adam(), workers);
  }
}
