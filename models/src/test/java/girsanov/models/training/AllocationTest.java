package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import girsanov.models.training.ToyObjectives.Regression;
import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training step after the warm-up allocates nothing, on any of its threads. */
class AllocationTest {
  private static final int STEPS = 50;

  /**
   * Until the kernels are compiled by C2, each vector is an object. Thousands of steps compile them;
   * the measurement is repeated because compilation runs beside us and may take its time.
   */
  private static final int ROUNDS = 200;

  @ParameterizedTest
  @EnumSource
  void aStepAllocatesNothing(Precision precision) {
    for (Objective objective : List.of(new Regression(50), new SequenceMean(43))) {
      try (var workers = new Workers(2)) {
        ParameterVector start = ParameterVector.initial(objective.model(), precision, 1);
        Adam adam = Adam.of(Schedule.exponential(1e-3, 0.999)).withClipNorm(1);
        var trainer = new Trainer(objective, start, adam, workers, 8);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > 0; round++) {
          long before = allocated();
          for (int step = 0; step < STEPS; step++) {
            trainer.step();
          }
          least = Math.min(least, allocated() - before);
        }
        assertEquals(0, least, "bytes in " + STEPS + " steps of " + objective);
      }
    }
  }

  /** Bytes allocated so far by this thread and all workers. */
  private static long allocated() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t == Thread.currentThread() || t.getName().startsWith("girsanov-"))
            .mapToLong(Thread::threadId)
            .toArray();
    return Arrays.stream(threads.getThreadAllocatedBytes(ids)).sum();
  }
}
