package girsanov.bench.compare;

import girsanov.bench.compare.Row.Unit;
import girsanov.bench.compare.Work.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Figures of whole processes: memory, allocation, compile time, warm-up. */
final class FigureRows {
  private static final int THREADS = 2;

  private FigureRows() {}

  static List<Row> all() {
    var rows = new ArrayList<Row>();
    rows.add(row("memory", Model.SDE_MATCHING, 1024, Kind.PEAK_MEMORY, 30, Unit.BYTES));
    rows.add(row("work-memory", Model.LATENT_SDE, 1024, Kind.WORK_MEMORY, 0, Unit.BYTES));
    rows.add(row("work-memory", Model.LATENT_SDE_ADJOINT, 1024, Kind.WORK_MEMORY, 0, Unit.BYTES));
    rows.add(row("work-memory", Model.VSDN_SDE, 16, Kind.WORK_MEMORY, 0, Unit.BYTES));
    rows.add(row("work-memory", Model.VSDN_SDE_PAPER, 16, Kind.WORK_MEMORY, 0, Unit.BYTES));
    rows.add(row("allocation", Model.SDE_MATCHING, 32, Kind.ALLOCATION, 50, Unit.BYTES));
    rows.add(row("compile-time", Model.SDE_MATCHING, 1024, Kind.COMPILE_TIME, 0, Unit.SECONDS));
    rows.add(row("compile-time", Model.LATENT_SDE, 1024, Kind.COMPILE_TIME, 0, Unit.SECONDS));
    rows.add(
        row("compile-time", Model.LATENT_SDE_ADJOINT, 1024, Kind.COMPILE_TIME, 0, Unit.SECONDS));
    rows.add(row("compile-time", Model.MOCAP2, 16, Kind.COMPILE_TIME, 0, Unit.SECONDS));
    rows.add(row("compile-time", Model.VSDN_SDE_PAPER, 16, Kind.COMPILE_TIME, 0, Unit.SECONDS));
    rows.add(row("warm-up", Model.SDE_MATCHING, 1024, Kind.WARM_UP, 100, Unit.SECONDS));
    return rows;
  }

  private static Row row(String group, Model model, int batch, Kind kind, int steps, Unit unit) {
    Supplier<Work> work = () -> new Work.Figure(kind, model, batch, steps);
    String name = "%s-%s-%d".formatted(group, model.kind(), batch);
    List<Integer> threads = List.of(THREADS);
    return new Row(group, name, work, THREADS, threads, new Limit.None(), true, unit);
  }
}
