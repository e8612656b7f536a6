package girsanov.bench.compare;

import com.sun.management.ThreadMXBean;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import girsanov.tensor.Workers;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Our figures: of a fresh JVM that runs {@link FreshRun}, or of this one. */
record Figures(Work.Figure work) implements Contender {
  /** Some kernels are called once a step, and compiled after some thousand calls. */
  private static final long MOST_WARM_UP_NANOS = 20_000_000_000L;

  private static final int THREADS = 2;

  /** What {@code ./girsanov} tells the JVM. */
  private static final Path FLAGS = Compare.HOME.resolve("../jvm.flags");

  /** And where it would take one compiling thread for the kernels. */
  private static final String TWO_COMPILING_THREADS = "-XX:CICompilerCount=3";

  private static final int FEW_PROCESSORS = 3;

  @Override
  public String name() {
    return "girsanov";
  }

  @Override
  public double run(int repetitions) {
    return switch (work.kind()) {
      case ALLOCATION -> repetitions * allocated();
      case PEAK_MEMORY, WORK_MEMORY, COMPILE_TIME, WARM_UP -> repetitions * fresh();
    };
  }

  @Override
  public double[] result() {
    return new double[0];
  }

  private double fresh() {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + FLAGS);
    if (Runtime.getRuntime().availableProcessors() <= FEW_PROCESSORS) {
      command.add(TWO_COMPILING_THREADS);
    }
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(FreshRun.class.getName(), work.kind().name(), work.model().name()));
    command.addAll(List.of(Integer.toString(work.batch()), Integer.toString(work.steps())));
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.PIPE).start();
      String output = text(process.getInputStream());
      String complaint = text(process.getErrorStream());
      if (process.waitFor() != 0) {
        throw new IllegalStateException("a fresh process ended without a figure: " + complaint);
      }
      return Double.parseDouble(output);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot run " + command.getFirst(), e);
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8).trim();
  }

  /** The fewest bytes a step allocated in any stretch of steps. */
  private double allocated() {
    Work.Training training = work.model().training(work.batch());
    try (var workers = new Workers(THREADS)) {
      var trainer =
          new Trainer(training.objective(), training.start().copy(), training.adam(), workers);
      long[] threads = threads();
      long asking = allocated(threads, trainer, 0);
      double least = Double.POSITIVE_INFINITY;
      long start = System.nanoTime();
      while (least > 0 && System.nanoTime() - start < MOST_WARM_UP_NANOS) {
        long bytes = allocated(threads, trainer, work.steps()) - asking;
        least = Math.min(least, Math.max(0, bytes) / (double) work.steps());
      }
      return least;
    }
  }

  /** This thread and all workers. */
  private static long[] threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t == Thread.currentThread() || t.getName().startsWith("girsanov-"))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  private static long allocated(long[] threads, Trainer trainer, int steps) {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (long thread : threads) {
      before += bean.getThreadAllocatedBytes(thread);
    }
    for (int i = 0; i < steps; i++) {
      Progress unused = trainer.step();
    }
    long after = 0;
    for (long thread : threads) {
      after += bean.getThreadAllocatedBytes(thread);
    }
    return after - before;
  }
}
