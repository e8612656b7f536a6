package girsanov.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The better baseline is the one with less NLL and with more accuracy. */
final class MarginsTest {
  private static final Contender VSDN = new Contender(FrameSystem.VSDN_SDE, true);

  private static void add(
      Map<Cell, Scores> scores, Contender contender, Row row, double nll, double accuracy) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("at25." + Column.NLL.key(Kind.MUSIC, row), nll);
    figures.put("at25." + Column.INTERPOLATION.key(Kind.MUSIC, row), accuracy);
    scores.put(new Cell(contender, Study.SPARSE, 1, 4, 0, false), Scores.of(figures));
  }

  @Test
  void aheadOfTheBetterBaseline() {
    var scores = new LinkedHashMap<Cell, Scores>();
    add(scores, Margins.BASELINES.getFirst(), Row.PLAIN, 10, 0.2);
    add(scores, Margins.BASELINES.getLast(), Row.PLAIN, 11, 0.25);
    var strictly = new Row(VSDN, true);
    add(scores, VSDN, strictly, 9.5, 0.3);
    var margins = new Margins(Kind.MUSIC, new Results(scores));
    assertEquals("+0.500 / +10.177", margins.of(strictly, Study.SPARSE, Column.NLL));
    assertEquals("+20.0 % / +32.3 %", margins.of(strictly, Study.SPARSE, Column.INTERPOLATION));
    assertEquals("– / +5.9 %", margins.of(strictly, Study.SPARSE, Column.PREDICTION));
  }
}
