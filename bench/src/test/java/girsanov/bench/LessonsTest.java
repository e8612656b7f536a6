package girsanov.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
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
  void everyLessonSaysWhatOneShouldSee() throws IOException {
    Set<String> names = Lessons.benchmarks(List.of()).keySet();
    assertEquals(LESSONS, names.size(), names.toString());
    int number = 0;
    for (String name : names) {
      Lesson lesson = Lesson.of(name);
      String text = String.join("\n", lesson.lines());
      number++;
      assertTrue(text.startsWith("Lesson " + number + ": "), text);
      assertTrue(text.replace('\n', ' ').contains("What you should see: "), text);
      assertTrue(text.contains("bench/run " + lesson.number()), text);
      assertFalse(text.matches("(?s).*[{}<>@*].*"), text);
    }
  }

  @Test
  void aWordMeansTheBenchmarksWhoseNamesContainIt() {
    assertEquals(Set.of("L01_RegisterTile"), Lessons.benchmarks(List.of("L01")).keySet());
    assertEquals(
        List.of("girsanov.bench.L01_RegisterTile.tiled"),
        Lessons.benchmarks(List.of("L01.*tiled", "tiled")).get("L01_RegisterTile"));
    var unknown =
        assertThrows(IllegalArgumentException.class, () -> Lessons.benchmarks(List.of("L99")));
    assertEquals(
        "expected a lesson such as L01, got L99; bench/run --list names them",
        unknown.getMessage());
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
