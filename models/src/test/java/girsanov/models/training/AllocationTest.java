package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.models.training.ToyObjectives.WideLayers;
import girsanov.models.vsdn.FrameSystem;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training step after the warm-up allocates nothing, on any of its threads. */
class AllocationTest {
  private static final int STEPS = 50;

  /**
   * Until C2 has compiled a kernel, each of its vectors is an object. Some kernels are called once
   * a step and C2 takes them up after several thousand calls: so many steps are the warm-up here.
   */
  private static final int ROUNDS = 1000;

  @ParameterizedTest
  @EnumSource
  void aStepAllocatesNothing(Precision precision) {
    allocatesNothing(new SequenceMean(12), precision, 4);
  }

  @Test
  void norDoesAStepOfSdeMatching() {
    allocatesNothing(ToyObjectives.sdeMatching(12), Precision.FLOAT, 4);
  }

  @ParameterizedTest
  @EnumSource(names = {"ODE_RNN", "GRU_ODE", "VSDN_VAE", "VSDN_SDE"})
  void norDoesAStepOfFrames(FrameSystem system) {
    allocatesNothing(ToyObjectives.frames(system, 12), Precision.FLOAT, 4);
  }

  /** One block: the workers share in what its program does. */
  @Test
  void norDoesAStepOfOneBlock() {
    allocatesNothing(new WideLayers(40), Precision.FLOAT, 40);
  }

  private static void allocatesNothing(Objective objective, Precision precision, int rows) {
    try (var workers = new Workers(2)) {
      ParameterVector start = ParameterVector.initial(objective.model(), precision, 1);
      Adam adam = Adam.of(Schedule.exponential(1e-3, 0.999)).withClipNorm(1);
      var trainer = new Trainer(objective, start, adam, workers, rows);
      long[] threads = threads();
      long asking = leastAllocated(threads, () -> {}, 0);
      long steps = leastAllocated(threads, () -> run(trainer), asking);
      // Asking may have been compiled to allocate less in the meantime.
      assertTrue(
          steps <= asking,
          () -> steps + " bytes in " + STEPS + " steps, " + asking + " for asking included");
    }
  }

  private static void run(Trainer trainer) {
    for (int step = 0; step < STEPS; step++) {
      trainer.step();
    }
  }

  private static long leastAllocated(long[] threads, Runnable work, long enough) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > enough; round++) {
      long before = allocated(threads);
      work.run();
      long spent = allocated(threads) - before;
      // Less than nothing: a thread of an earlier test has ended meanwhile, and its bytes are gone.
      if (spent >= 0) {
        least = Math.min(least, spent);
      }
    }
    return least;
  }

  /** This thread and all workers. */
  private static long[] threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t == Thread.currentThread() || t.getName().startsWith("girsanov-"))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  /** Bytes allocated so far. */
  private static long allocated(long[] threads) {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = 0;
    for (long thread : threads) {
      bytes += bean.getThreadAllocatedBytes(thread);
    }
    return bytes;
  }
}
