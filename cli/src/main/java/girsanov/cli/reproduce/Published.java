package girsanov.cli.reproduce;

import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import java.util.EnumMap;
import java.util.Map;

/**
 * The figures of tables 1 and 2 of the paper: NLL, prediction and interpolation, each where 25 %
 * and 50 % of the frames are observed. Accuracies are in per cent. Table 1 has NLL by frame, table
 * 2 by dim.
 */
final class Published {
  private static final Map<FrameSystem, double[]> TABLE_1 = new EnumMap<>(FrameSystem.class);
  private static final Map<FrameSystem, double[]> TABLE_2 = new EnumMap<>(FrameSystem.class);

  static {
    music(FrameSystem.ODE_RNN, 10.67, 8.76, 93.32, 92.72, 40.63, 49.53);
    music(FrameSystem.GRU_ODE, 10.18, 8.35, 91.70, 91.35, 41.33, 49.98);
    music(FrameSystem.VSDN_VAE, 0.002, 0.002, 98.80, 98.80, 54.96, 74.06);
    music(FrameSystem.VSDN_VAE_RES, 0.007, 0.004, 98.71, 98.79, 51.27, 73.91);
    music(FrameSystem.VSDN_SDE, 0.003, 0.001, 98.79, 98.80, 54.69, 74.08);
    music(FrameSystem.VSDN_SDE_RES, 0.001, 0.001, 98.80, 98.80, 54.82, 74.14);
    speech(FrameSystem.ODE_RNN, -0.499, -0.500, 0.1166, 0.1165, 0.1166, 0.1165);
    speech(FrameSystem.GRU_ODE, -0.500, -0.500, 0.1154, 0.1157, 0.1166, 0.1165);
    speech(FrameSystem.VSDN_VAE, -0.655, -0.655, 0.0518, 0.0508, 0.1044, 0.0902);
    speech(FrameSystem.VSDN_VAE_RES, -0.673, -0.667, 0.0341, 0.0404, 0.1030, 0.0878);
    speech(FrameSystem.VSDN_SDE, -0.669, -0.672, 0.0379, 0.0351, 0.1033, 0.0868);
    speech(FrameSystem.VSDN_SDE_RES, -0.664, -0.667, 0.0432, 0.0405, 0.1039, 0.0876);
  }

  private Published() {}

  private static void music(FrameSystem system, double... figures) {
    TABLE_1.put(system, figures);
  }

  private static void speech(FrameSystem system, double... figures) {
    TABLE_2.put(system, figures);
  }

  /** A figure; NaN if the paper has none. */
  static double of(Kind data, FrameSystem system, Column column, double rate) {
    double[] figures = (data == Kind.MUSIC ? TABLE_1 : TABLE_2).get(system);
    int place =
        switch (column) {
          case NLL -> 0;
          case PREDICTION -> 2;
          case INTERPOLATION -> 4;
        };
    int denser = rate > Study.SPARSE ? 1 : 0;
    return figures == null ? Double.NaN : figures[place + denser];
  }
}
