package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void runsEveryTaskOnce(int threads) {
    try (var workers = new Workers(threads)) {
      for (int job = 0; job < 2000; job++) {
        int tasks = job % 37;
        var counts = new AtomicIntegerArray(37);
        workers.parallel(tasks, counts::incrementAndGet);
        for (int task = 0; task < 37; task++) {
          assertEquals(task < tasks ? 1 : 0, counts.get(task));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void whatATaskWroteIsSeenAfterwards(int threads) {
    int[] values = new int[1000];
    try (var workers = new Workers(threads)) {
      for (int job = 1; job < 500; job++) {
        workers.parallel(values.length, i -> values[i]++);
        for (int value : values) {
          assertEquals(job, value);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void anExceptionReachesTheCallerAndTheTeamSurvives(int threads) {
    var expected = new IllegalStateException("task 3");
    try (var workers = new Workers(threads)) {
      for (int job = 0; job < 100; job++) {
        var thrown =
            assertThrows(
                IllegalStateException.class,
                () ->
                    workers.parallel(
                        8,
                        task -> {
                          if (task == 3) {
                            throw expected;
                          }
                        }));
        assertSame(expected, thrown);
        var count = new AtomicInteger();
        workers.parallel(8, _ -> count.incrementAndGet());
        assertEquals(8, count.get());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void aTaskMayCallItsTeam(int threads) {
    var count = new AtomicInteger();
    try (var workers = new Workers(threads)) {
      workers.parallel(4, _ -> workers.parallel(5, _ -> count.incrementAndGet()));
    }
    assertEquals(20, count.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void wakesAfterALongPause(int threads) throws InterruptedException {
    var count = new AtomicInteger();
    try (var workers = new Workers(threads)) {
      for (int job = 0; job < 3; job++) {
        Thread.sleep(30);
        workers.parallel(10, _ -> count.incrementAndGet());
      }
    }
    assertEquals(30, count.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void allocatesNothing(int threads) {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] sums = new long[64];
    IntConsumer body = task -> sums[task]++;
    try (var workers = new Workers(threads)) {
      for (int job = 0; job < 1000; job++) {
        workers.parallel(sums.length, body);
      }
      long before = bean.getCurrentThreadAllocatedBytes();
      for (int job = 0; job < 1000; job++) {
        workers.parallel(sums.length, body);
      }
      long allocated = bean.getCurrentThreadAllocatedBytes() - before;
      assertTrue(allocated < 1000, allocated + " bytes in 1000 jobs");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesAnEmptyTeam(int threads) {
    assertThrows(IllegalArgumentException.class, () -> new Workers(threads));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void refusesWorkAfterClosing(int threads) {
    var workers = new Workers(threads);
    workers.close();
    assertThrows(IllegalStateException.class, () -> workers.parallel(2, _ -> {}));
  }
}
