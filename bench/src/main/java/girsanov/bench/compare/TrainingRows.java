package girsanov.bench.compare;

import girsanov.bench.compare.Row.Unit;
import java.util.ArrayList;
import java.util.List;

/** Whole steps of training. */
final class TrainingRows {
  /** Half of the sequences of motion capture. */
  private static final int ROWS = 8;

  private TrainingRows() {}

  static List<Row> all() {
    var rows = new ArrayList<Row>();
    for (int threads = 2; threads >= 1; threads--) {
      rows.add(row(Model.MLP, 200, threads, threads));
      rows.add(row(Model.GRU, 1024, threads, threads));
      rows.add(row(Model.SDE_MATCHING, 1024, threads, threads));
    }
    // PyTorch may be faster on one thread than on two where the work is little.
    rows.add(row(Model.GRU, 32, 2, 1, 2));
    rows.add(row(Model.SDE_MATCHING, 32, 2, 1, 2));
    rows.add(row(Model.GRU_ODE, 50, 2, 2));
    rows.add(row(Model.LATENT_SDE, 1024, 2, 2));
    rows.add(row(Model.LATENT_SDE_ADJOINT, 1024, 2, 2));
    rows.add(row(Model.MOCAP, 16, 2));
    rows.add(row(Model.MOCAP2, 16, 2));
    rows.add(inBlocks(Model.MOCAP));
    rows.add(inBlocks(Model.MOCAP2));
    rows.add(row(Model.VSDN_SDE, 16, 2));
    rows.add(row(Model.VSDN_SDE_PAPER, 16, 2));
    return rows;
  }

  /** As for two threads alone; by itself a batch is cut for four, {@code Cut} says why. */
  private static Row inBlocks(Model model) {
    Row row = row(model, 2 * ROWS, 2);
    String name = "%s-blocks-of-%d-2t".formatted(model.kind(), ROWS);
    return new Row(
        row.group(),
        name,
        () -> model.training(2 * ROWS).inBlocksOf(ROWS),
        row.threads(),
        row.peerThreads(),
        row.limit(),
        row.fresh(),
        row.unit());
  }

  private static Row row(Model model, int batch, int threads, Integer... peerThreads) {
    return new Row(
        model.kind(),
        "%s-%d-%dt".formatted(model.kind(), batch, threads),
        () -> model.training(batch),
        threads,
        List.of(peerThreads),
        model.limit(batch),
        false,
        Unit.SECONDS);
  }
}
