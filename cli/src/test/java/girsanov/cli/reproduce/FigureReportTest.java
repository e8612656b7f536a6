package girsanov.cli.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What pictures say above them. */
final class FigureReportTest {
  @Test
  void oneSeedHasNoMean() {
    assertEquals(
        "Figure 2: trained where 25 % of the frames are observed", FigureReport.figure2(1, false));
    assertEquals(
        "Figure 2: trained where 25 % of the frames are observed, mean of 3 seeds; dashed:"
            + " assimilated, which has no NLL",
        FigureReport.figure2(3, true));
  }
}
