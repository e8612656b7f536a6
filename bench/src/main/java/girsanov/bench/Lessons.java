package girsanov.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The command {@code bench/run}: what a lesson claims and what one should see, then JMH's figures,
 * then that its result was found right.
 */
public final class Lessons {
  private static final String HELP =
      """
      bench/run [lesson...] [options of JMH]: benchmarks that say what you should see, and check their result.

        lesson       a number, or what the name of a benchmark contains: L01, L01.*tiled; nothing for all lessons
        --list       names the lessons
        -f N, -i N   processes, iterations in each; 'bench/run L01 -h' names all options of JMH
      """;

  private Lessons() {}

  /** Runs lessons; exit status 2 for a wrong command line, 1 for a wrong result. */
  public static void main(String[] args) throws IOException {
    List<String> words = List.of(args);
    try {
      if (!words.isEmpty() && List.of("--help", "-h").contains(words.getFirst())) {
        System.out.print(HELP + "\n");
        list();
      } else if (words.contains("--list")) {
        list();
      } else {
        run(words);
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench/run: " + e.getMessage());
      System.exit(2);
    } catch (RunnerException e) {
      System.err.println("bench/run: " + e.getMessage() + "; JMH's output above says more");
      System.exit(1);
    }
  }

  private static void list() throws IOException {
    for (String name : benchmarks(List.of()).keySet()) {
      System.out.println(Lesson.of(name).title());
    }
  }

  private static void run(List<String> words) throws IOException, RunnerException {
    int first = 0;
    while (first < words.size() && !words.get(first).startsWith("-")) {
      first++;
    }
    CommandLineOptions options = options(words.subList(first, words.size()));
    SortedMap<String, List<String>> chosen = benchmarks(words.subList(0, first));
    if (options.shouldHelp()) {
      options.showHelp();
    } else if (options.shouldListProfilers()) {
      options.listProfilers();
    } else {
      boolean file = options.getResult().hasValue() || options.getResultFormat().hasValue();
      if (file && chosen.size() > 1) {
        throw new IllegalArgumentException(
            "-rf, -rff: expected one lesson, got %d, each of which would write the file anew; name one"
                .formatted(chosen.size()));
      }
      for (Map.Entry<String, List<String>> lesson : chosen.entrySet()) {
        run(Lesson.of(lesson.getKey()), lesson.getValue(), options);
      }
    }
  }

  private static CommandLineOptions options(List<String> words) {
    try {
      return new CommandLineOptions(words.toArray(String[]::new));
    } catch (CommandLineOptionException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; 'bench/run L01 -h' names all options of JMH", e);
    }
  }

  private static void run(Lesson lesson, List<String> benchmarks, CommandLineOptions options)
      throws RunnerException {
    lesson.lines().forEach(System.out::println);
    System.out.println();
    // A wrong result is an exception at the end of a trial.
    var builder = new OptionsBuilder().parent(options).shouldFailOnError(true);
    for (String benchmark : benchmarks) {
      var unused = builder.include("^" + Pattern.quote(benchmark) + "$");
    }
    Collection<RunResult> results = new Runner(builder.build()).run();
    System.out.printf(
        "%n%s: result checked in all %d measurements, and right.%n%n",
        lesson.number(), results.size());
  }

  /**
   * The benchmarks that these words mean, by the class of their lesson.
   *
   * @throws IllegalArgumentException if a word means none
   */
  static SortedMap<String, List<String>> benchmarks(List<String> words) {
    var silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
    var entries =
        new ArrayList<BenchmarkListEntry>(BenchmarkList.defaultList().getAll(silent, List.of()));
    var chosen = new TreeMap<String, List<String>>();
    for (String word : words.isEmpty() ? List.of("") : words) {
      Pattern pattern = pattern(word);
      boolean known = false;
      for (BenchmarkListEntry entry : entries) {
        String name = entry.getUsername();
        if (pattern.matcher(name).find()) {
          known = true;
          String lesson = entry.getUserClassQName().replaceFirst(".*\\.", "");
          List<String> its = chosen.computeIfAbsent(lesson, key -> new ArrayList<>());
          if (!its.contains(name)) {
            its.add(name);
          }
        }
      }
      if (!known) {
        throw new IllegalArgumentException(
            "expected a lesson such as L01, got " + word + "; bench/run --list names them");
      }
    }
    return chosen;
  }

  private static Pattern pattern(String word) {
    try {
      return Pattern.compile(word);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "expected a lesson such as L01 or a regular expression, got " + word, e);
    }
  }
}
