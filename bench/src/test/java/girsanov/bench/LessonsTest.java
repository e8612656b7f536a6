package girsanov.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every lesson, called once in this process, finds its result right. No time is asserted. */
class LessonsTest {
  private static final int LESSONS = 10;

  /**
   * JMH lets one run at a time be on a machine, so that times are right; here they do not matter.
   */
  @BeforeAll
  static void letOthersRun() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  @Test
  void everyLessonIsRight() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include("girsanov\\.bench\\.L\\d\\d_")
            .forks(0)
            .mode(Mode.SingleShotTime)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("batch", "20")
            .param("rows", "24")
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();
    Collection<RunResult> results = new Runner(options).run();
    Set<String> lessons = new TreeSet<>();
    for (RunResult result : results) {
      lessons.add(result.getParams().getBenchmark().replaceAll(".*\\.(L\\d\\d)_.*", "$1"));
    }
    assertEquals(LESSONS, lessons.size(), lessons.toString());
  }
}
