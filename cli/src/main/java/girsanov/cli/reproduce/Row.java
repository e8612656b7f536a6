package girsanov.cli.reproduce;

import girsanov.cli.experiment.FrameFigures;
import girsanov.models.vsdn.FrameSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of a table: models, and how they are judged.
 *
 * @param strictly whether those that were trained assimilated are judged as the strict models that
 *     their parameters make
 */
record Row(Contender contender, boolean strictly) {
  /** What needs no model has the keys of these. */
  static final Row PLAIN = new Row(new Contender(FrameSystem.ODE_RNN, false), false);

  /** The rows of contenders: first those that predict what they were not told of. */
  static List<Row> of(List<Contender> contenders) {
    var rows = new ArrayList<Row>();
    contenders.stream().filter(c -> !c.assimilated()).forEach(c -> rows.add(new Row(c, false)));
    for (boolean strictly : new boolean[] {true, false}) {
      contenders.stream()
          .filter(Contender::assimilated)
          .forEach(c -> rows.add(new Row(c, strictly)));
    }
    return rows;
  }

  /** As in the tables. */
  String title() {
    return contender.title() + (strictly ? ", judged strictly" : "");
  }

  /** Whether its predictions and its NLL are of frames that the model was not told of. */
  boolean strict() {
    return strictly || !contender.assimilated();
  }

  /** Before the keys in which its judging differs. */
  String prefix() {
    return strictly ? FrameFigures.STRICT.substring(1) + "." : "";
  }

  /** The figures that the paper's column "prediction" stands for. */
  String prediction() {
    return strict() ? "observed.predicted" : "observed.assimilated";
  }
}
