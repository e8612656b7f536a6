package girsanov.cli.reproduce;

import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How far models are ahead of the better one of the paper's two baselines, ours and theirs.
 *
 * @param data which table
 */
record Margins(Kind data, Results results) {
  /** The paper's. */
  static final List<Contender> BASELINES =
      List.of(new Contender(FrameSystem.ODE_RNN, false), new Contender(FrameSystem.GRU_ODE, false));

  /** Of the NLL in its unit, of the others in per cent of the baseline. */
  String of(Row row, double rate, Column column) {
    double ours = mean(row, rate, column);
    double baseline = best(column, c -> mean(new Row(c, false), rate, column));
    double theirs = Published.of(data, row.contender().system(), column, rate);
    double published = best(column, c -> Published.of(data, c.system(), column, rate));
    return ahead(ours, baseline, column) + " / " + ahead(theirs, published, column);
  }

  private double mean(Row row, double rate, Column column) {
    double[] values = results.values(row.contender(), rate, column.key(data, row));
    return Results.mean(values) * column.unit(data);
  }

  private String ahead(double figure, double baseline, Column column) {
    double ahead = (figure - baseline) * (column.moreIsBetter(data) ? 1 : -1);
    if (Double.isNaN(ahead)) {
      return Results.NONE;
    }
    return column == Column.NLL
        ? String.format(Locale.ROOT, "%+.3f", ahead)
        : String.format(Locale.ROOT, "%+.1f %%", 100 * ahead / baseline);
  }

  private double best(Column column, ToDoubleFunction<Contender> of) {
    DoubleStream figures = BASELINES.stream().mapToDouble(of);
    return (column.moreIsBetter(data) ? figures.max() : figures.min()).orElse(Double.NaN);
  }
}
