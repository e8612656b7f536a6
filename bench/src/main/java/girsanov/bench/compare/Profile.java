package girsanov.bench.compare;

import girsanov.autodiff.compile.InstructionClock;
import girsanov.autodiff.compile.Program;
import girsanov.autodiff.compile.Reading;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code bench/compare --profile ROW}: where the time of a training step goes, on one thread. Whole
 * steps, and the instructions of a block one by one, take turns. The rest is what is left of a step
 * without all that was timed: gradients of a part's blocks added, loops, the error of the clock.
 */
final class Profile {
  private static final double WARM_UP = 4;
  private static final double MEASURED = 4;
  private static final int MOST_LINES = 20;
  private static final double WORTH_A_LINE = 0.005;

  private final Work.Training work;
  private final Trainer trainer;
  private final List<Tensor> inputs;
  private final InstructionClock clock;

  /** Blocks in a step; the last, which may be of other rows, counts by its rows. */
  private final double blocks;

  private long steps;
  private double stepSeconds;
  private double noiseSeconds;
  private double adamSeconds;

  /**
   * A line of the table.
   *
   * @param seconds of a step
   * @param work of a step: operations of products, numbers of what else; 0 where that says nothing
   */
  private record Line(String what, boolean product, double seconds, double calls, double work) {

    static Line other(String what, double seconds, double calls) {
      return new Line(what, false, seconds, calls, 0);
    }

    Line plus(Line more) {
      return new Line(what, product, seconds + more.seconds, calls + more.calls, work + more.work);
    }
  }

  private Profile(Work.Training work, Workers alone) {
    this.work = work;
    trainer =
        new Trainer(work.objective(), work.start().copy(), work.adam(), alone, work.blockRows());
    Object rowBlocks = Inside.field(trainer, "blocks");
    Object lane = ((Object[]) Inside.field(rowBlocks, "lanes"))[0];
    var execution = (Program.Execution) Inside.field(lane, "execution");
    int given = work.objective().trace(1).inputs().size();
    inputs = new ArrayList<>();
    for (int i = 0; i < given; i++) {
      inputs.add(execution.input(i));
    }
    int rows = (Integer) Inside.call(Inside.field(rowBlocks, "cut"), "rows");
    blocks = (double) work.objective().sequences() / rows;
    run(WARM_UP, execution::run);
    clock = new InstructionClock(execution);
  }

  /** Measures, and says what was found. */
  static List<String> of(Work.Training work) {
    try (var alone = new Workers(1)) {
      var profile = new Profile(work, alone);
      // The clock's own loop is compiled meanwhile.
      profile.run(WARM_UP / 2, profile.clock::run);
      profile.forget();
      profile.run(MEASURED, profile.clock::run);
      return profile.lines();
    }
  }

  private void run(double seconds, Runnable program) {
    Object update = Inside.field(trainer, "update");
    long start = System.nanoTime();
    while ((System.nanoTime() - start) * 1e-9 < seconds) {
      Progress step = trainer.step();
      stepSeconds += step.seconds();
      long begin = System.nanoTime();
      work.objective().fill(trainer.iteration(), 0, inputs);
      noiseSeconds += (System.nanoTime() - begin) * 1e-9;
      program.run();
      begin = System.nanoTime();
      Object norm = Inside.call(update, "norm");
      Inside.call(update, "step", trainer.iteration(), norm);
      adamSeconds += (System.nanoTime() - begin) * 1e-9;
      steps++;
    }
  }

  private void forget() {
    steps = 0;
    stepSeconds = 0;
    noiseSeconds = 0;
    adamSeconds = 0;
    clock.reset();
  }

  private List<String> lines() {
    double step = stepSeconds / steps;
    double left = step;
    var kinds = new EnumMap<Reading.Kind, Line>(Reading.Kind.class);
    var single = new ArrayList<Line>();
    for (Reading reading : clock.readings()) {
      boolean product = reading.kind() == Reading.Kind.PRODUCT;
      double seconds = reading.seconds() * blocks / steps;
      double calls = reading.calls() * blocks / steps;
      double work = calls * reading.work();
      single.add(new Line(reading.what(), product, seconds, calls, work));
      var ofKind = new Line(reading.kind().title(), product, seconds, calls, work);
      kinds.merge(reading.kind(), ofKind, Line::plus);
      left -= seconds;
    }
    var all = new ArrayList<>(kinds.values());
    all.add(Line.other("noise and data", noiseSeconds * blocks / steps, blocks));
    all.add(Line.other("gradients of blocks together, norm, Adam", adamSeconds / steps, 1));
    left -= (noiseSeconds * blocks + adamSeconds) / steps;
    all.add(Line.other("the rest", left, 0));
    var text = new ArrayList<String>();
    text.add(
        "%s, 1 thread: a step takes %.3f ms, in %.1f blocks"
            .formatted(work.kind(), 1e3 * step, blocks));
    text.add("  share  ms a step     calls  rate              what");
    add(text, all, step);
    text.add("  of these, the longest:");
    add(text, single, step);
    return text;
  }

  private static void add(List<String> text, List<Line> lines, double step) {
    lines.stream()
        .sorted(Comparator.comparingDouble(Line::seconds).reversed())
        .filter(line -> line.seconds > WORTH_A_LINE * step)
        .limit(MOST_LINES)
        .forEach(line -> text.add(text(line, step)));
  }

  private static String text(Line line, double step) {
    String rate = "";
    if (line.product) {
      rate = String.format(Locale.ROOT, "%.1f GFLOP/s", line.work / line.seconds * 1e-9);
    } else if (line.work > 0) {
      rate = String.format(Locale.ROOT, "%.2f ns a number", line.seconds / line.work * 1e9);
    }
    return String.format(
        Locale.ROOT,
        "  %4.1f%% %10.3f %9.1f  %-16s  %s",
        100 * line.seconds / step,
        1e3 * line.seconds,
        line.calls,
        rate,
        line.what);
  }

  /** The profiles of all training among these rows, each once. */
  static void of(List<Row> rows, Report report) {
    Map<String, Work.Training> works = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.work().get() instanceof Work.Training training) {
        works.putIfAbsent(row.name().replaceFirst("-\\dt$", ""), training);
      }
    }
    if (works.isEmpty()) {
      throw new IllegalArgumentException(
          "--profile: expected rows that train, such as gru-1024 or mlp-200; --list names all rows");
    }
    works.values().forEach(work -> of(work).forEach(report::line));
  }
}
