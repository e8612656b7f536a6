package girsanov.cli.plot;

import girsanov.tensor.DoubleTensor;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;

/** Trajectories in space, panels side by side in one projection and one scale. */
public final class TrajectoryPicture {
  private static final int SIZE = 520;
  private static final Axonometry VIEW = new Axonometry(Math.toRadians(35), Math.toRadians(18));
  private static final Color[] COLORS = {
    Sheet.BLUE, Sheet.VERMILION, Sheet.GREEN, Sheet.PURPLE, Sheet.ORANGE, Sheet.GREY
  };

  /** The corners of a box as fractions of its edges, and its edges as pairs of corners. */
  private static final int[][] EDGES = {
    {0, 1}, {0, 2}, {1, 3}, {2, 3}, {4, 5}, {4, 6}, {5, 7}, {6, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}
  };

  /** Half a picture's edge in that of its box: at least, and at most, for what leaves the box. */
  private static final double LEAST_ROOM = 1.18;

  private static final double MOST_ROOM = 1.6;

  private final double[][] box;
  private final List<String> axes;

  private TrajectoryPicture(double[][] box, List<String> axes) {
    this.box = box;
    this.axes = axes;
  }

  /**
   * The picture.
   *
   * @param axes the names of the three coordinates
   * @param panels trajectories {@code [sequence, time, 3]} by the panel's title; the first panel
   *     sets the scale
   */
  public static byte[] png(
      String title, List<String> axes, SequencedMap<String, DoubleTensor> panels) {
    var picture = new TrajectoryPicture(box(panels.firstEntry().getValue()), axes);
    double reach = panels.values().stream().mapToDouble(picture::reach).max().orElse(0);
    double room = Math.clamp(1.04 * reach, LEAST_ROOM * boxReach(), MOST_ROOM * boxReach());
    var charts = new ArrayList<XYChart>();
    panels.forEach((name, trajectories) -> charts.add(picture.panel(name, trajectories, room)));
    return Sheet.png(title, charts, charts.size());
  }

  private XYChart panel(String name, DoubleTensor trajectories, double room) {
    int beyond = 0;
    for (int sequence = 0; sequence < trajectories.shape().dim(0); sequence++) {
      beyond += reach(trajectories.rows(sequence, sequence + 1)) > room ? 1 : 0;
    }
    String leaving = beyond == 0 ? "" : ", of which " + beyond + " leave the picture";
    XYChart chart = Sheet.chart(SIZE, SIZE, name + leaving, "", "");
    var style = chart.getStyler();
    style.setPlotGridLinesVisible(false).setLegendVisible(false);
    style.setAxisTicksVisible(false).setAxisTitlesVisible(false);
    style.setAnnotationTextFont(Sheet.font(Font.PLAIN, 12)).setAnnotationTextFontColor(Sheet.INK);
    style.setXAxisMin(-room).setXAxisMax(room).setYAxisMin(-room).setYAxisMax(room);
    frame(chart);
    int length = trajectories.shape().dim(1);
    for (int sequence = 0; sequence < trajectories.shape().dim(0); sequence++) {
      double[] right = new double[length];
      double[] up = new double[length];
      for (int time = 0; time < length; time++) {
        int at = (sequence * length + time) * 3;
        double x = scaled(trajectories.at(at), 0);
        double y = scaled(trajectories.at(at + 1), 1);
        right[time] = VIEW.right(x, y);
        up[time] = VIEW.up(x, y, scaled(trajectories.at(at + 2), 2));
      }
      Color color = COLORS[sequence % COLORS.length];
      Sheet.line(chart, "t" + sequence, right, up, Sheet.translucent(color, 170), 1.1f);
    }
    return chart;
  }

  /** How far points are from the middle of the picture, to the right or upwards, at most. */
  private double reach(DoubleTensor points) {
    double reach = 0;
    for (int at = 0; at < points.size(); at += 3) {
      double x = scaled(points.at(at), 0);
      double y = scaled(points.at(at + 1), 1);
      double up = VIEW.up(x, y, scaled(points.at(at + 2), 2));
      reach = Math.max(reach, Math.max(Math.abs(VIEW.right(x, y)), Math.abs(up)));
    }
    return reach;
  }

  /** Likewise of the box, which is around the middle. */
  private static double boxReach() {
    double reach = 0;
    for (int corner = 0; corner < 8; corner++) {
      double up = VIEW.up(side(corner, 0), side(corner, 1), side(corner, 2));
      double right = VIEW.right(side(corner, 0), side(corner, 1));
      reach = Math.max(reach, Math.max(Math.abs(right), Math.abs(up)));
    }
    return reach;
  }

  /** The box, whose corners show the scale. */
  private void frame(XYChart chart) {
    for (int[] edge : EDGES) {
      double[] right = new double[2];
      double[] up = new double[2];
      for (int end = 0; end < 2; end++) {
        int corner = edge[end];
        right[end] = VIEW.right(side(corner, 0), side(corner, 1));
        up[end] = VIEW.up(side(corner, 0), side(corner, 1), side(corner, 2));
      }
      Sheet.line(chart, "e" + edge[0] + edge[1], right, up, Sheet.FAINT, 0.9f);
    }
    label(chart, 0, new double[] {0, 0.58, -0.56});
    label(chart, 1, new double[] {-0.58, 0, -0.56});
    label(chart, 2, new double[] {-0.56, -0.56, 0});
  }

  /** An axis's name and range beside the edge whose middle is given. */
  private void label(XYChart chart, int axis, double[] middle) {
    for (int end = -1; end <= 1; end++) {
      double[] at = middle.clone();
      at[axis] = 0.46 * end;
      String text =
          end == 0
              ? axes.get(axis)
              : String.format(Locale.ROOT, "%.1f", box[axis][end < 0 ? 0 : 1]);
      double right = VIEW.right(at[0], at[1]);
      chart.addAnnotation(new AnnotationText(text, right, VIEW.up(at[0], at[1], at[2]), false));
    }
  }

  private static double side(int corner, int axis) {
    return (corner >> axis & 1) - 0.5;
  }

  private double scaled(double value, int axis) {
    return (value - box[axis][0]) / (box[axis][1] - box[axis][0]) - 0.5;
  }

  private static double[][] box(DoubleTensor points) {
    double[][] box = new double[3][];
    for (int axis = 0; axis < 3; axis++) {
      double least = Double.POSITIVE_INFINITY;
      double most = Double.NEGATIVE_INFINITY;
      for (int i = axis; i < points.size(); i += 3) {
        least = Math.min(least, points.at(i));
        most = Math.max(most, points.at(i));
      }
      box[axis] = new double[] {least, most > least ? most : least + 1};
    }
    return box;
  }
}
