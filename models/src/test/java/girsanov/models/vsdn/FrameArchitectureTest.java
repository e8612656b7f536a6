package girsanov.models.vsdn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.models.Values;
import girsanov.models.data.Segments;
import girsanov.models.frames.Bound;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.Given;
import girsanov.models.frames.Regime;
import girsanov.models.nn.Parameters;
import girsanov.models.nn.Positive;
import girsanov.models.recurrent.GruOdeCell;
import girsanov.models.vsdn.FrameArchitecture.Distribution;
import girsanov.models.vsdn.FrameArchitecture.Solver;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes of the paper, and that every setting matters and is checked. */
final class FrameArchitectureTest {
  private static final int PITCHES = 128;
  private static final int SAMPLES = 100;

  private static double size(FrameArchitecture architecture, int dim) {
    return Parameters.count((Record) architecture.model(dim));
  }

  @Test
  void sizesOfThePaper() {
    FrameArchitecture music = FrameArchitecture.musicPaper(FrameSystem.VSDN_VAE);
    FrameArchitecture speech = FrameArchitecture.speechPaper(FrameSystem.VSDN_VAE);
    assertEquals(15_703_424, size(music, PITCHES));
    assertEquals(14_550_808, size(speech, SAMPLES));
    // Without the ten numbers that GRU-ODE-Bayes' jump makes of each of a frame's, of which VSDN
    // does not speak: about 12.0 and 11.6 million, two thirds of them in N1 and N2.
    assertEquals(12.0e6, size(with(music, "prepared", 1), PITCHES), 0.2e6);
    assertEquals(11.6e6, size(with(speech, "prepared", 1), SAMPLES), 0.2e6);
    assertEquals(15_834_368, size(with(music, "system", FrameSystem.VSDN_SDE), PITCHES));
    assertEquals(7_351_680, size(with(music, "system", FrameSystem.GRU_ODE), PITCHES));
    assertEquals(8_557_484, size(with(music, "system", FrameSystem.ODE_RNN), PITCHES));
  }

  @ParameterizedTest
  @EnumSource
  void residualsCostNoParameters(FrameSystem system) {
    assertTrue(size(FrameArchitecture.music(system), PITCHES) < 300_000);
    assertTrue(size(FrameArchitecture.speech(system), SAMPLES) < 300_000);
    assertEquals(system.variational(), FrameArchitecture.music(system).model(4).noise() > 0);
    String title = system.title();
    assertTrue(title.startsWith("VSDN") == system.variational());
  }

  private static FrameArchitecture with(FrameArchitecture of, String setting, Object value) {
    RecordComponent[] settings = FrameArchitecture.class.getRecordComponents();
    try {
      var types = new Class<?>[settings.length];
      var values = new Object[settings.length];
      for (int i = 0; i < settings.length; i++) {
        types[i] = settings[i].getType();
        boolean changed = settings[i].getName().equals(setting);
        values[i] = changed ? value : settings[i].getAccessor().invoke(of);
      }
      return FrameArchitecture.class.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    }
  }

  static List<String> settings() {
    return Arrays.stream(FrameArchitecture.class.getRecordComponents())
        .map(RecordComponent::getName)
        .toList();
  }

  /** Another value than {@link SmallSystems}'. */
  private static Object other(String setting) {
    return switch (setting) {
      case "system" -> FrameSystem.VSDN_VAE;
      case "likelihood" -> Distribution.BERNOULLI;
      case "components",
          "recurrent",
          "latent",
          "hidden",
          "hiddenLayers",
          "prepared",
          "gateHidden" ->
          7;
      case "fixedStd", "unit", "frameTime" -> 0.3;
      case "cell" -> GruOdeCell.Kind.FULL;
      case "solver" -> Solver.MIDPOINT;
      case "subSteps", "pathSteps" -> 3;
      case "assimilated" -> true;
      case "learnedStart" -> false;
      case "drift" -> VsdnSde.Drift.FREE;
      case "scale" -> Positive.EXP;
      default -> throw new IllegalArgumentException("no other value of " + setting);
    };
  }

  /** In one of the systems and distributions, at the same start where shapes are the same. */
  @ParameterizedTest
  @MethodSource("settings")
  void everySettingHasAnEffect(String setting) {
    boolean effect = false;
    for (FrameSystem system : List.of(FrameSystem.VSDN_SDE, FrameSystem.ODE_RNN)) {
      for (Distribution likelihood :
          List.of(Distribution.GAUSSIAN, Distribution.MIXTURE, Distribution.FIXED_GAUSSIAN)) {
        FrameArchitecture base = SmallSystems.of(system, likelihood);
        FrameArchitecture changed = with(base, setting, other(setting));
        assertNotEquals(base, changed);
        effect |= !fingerprint(base).equals(fingerprint(changed));
      }
    }
    assertTrue(effect);
  }

  private static List<Object> fingerprint(FrameArchitecture architecture) {
    int dim = 2;
    FrameModel model = architecture.model(dim);
    var print = new ArrayList<Object>();
    Parameters.flatten((Record) model).forEach((name, p) -> print.add(name + p.shape()));
    Values values = Values.of((Record) model, 1);
    DoubleTensor seen = SmallSystems.bits(51, 0.5, 4, 1);
    DoubleTensor frames = SmallSystems.bits(52, 0.5, 4, 1, dim);
    Given given = SmallSystems.given(values, frames, seen, 1, model);
    Bound bound = model.bound(given);
    Expr theta = model.distribution(given, Regime.SMOOTHED);
    for (DoubleTensor value :
        values.plain(List.of(bound.reconstruction(), bound.divergence(), theta))) {
      print.add(Arrays.toString(value.toArray()));
    }
    return print;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "components",
        "recurrent",
        "latent",
        "hidden",
        "hiddenLayers",
        "prepared",
        "gateHidden",
        "subSteps"
      })
  void refusesNothingOfAnything(String setting) {
    FrameArchitecture base = FrameArchitecture.music(FrameSystem.VSDN_SDE);
    var refused = assertThrows(IllegalArgumentException.class, () -> with(base, setting, 0));
    assertEquals(setting + ": expected 1 or more, got 0", refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixedStd", "unit", "frameTime"})
  void refusesSizesThatAreNone(String setting) {
    FrameArchitecture base = FrameArchitecture.speech(FrameSystem.VSDN_VAE);
    for (double none : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> with(base, setting, none));
    }
  }

  /** Of a cell that is not autonomous the expected frame may turn within a step. */
  @Test
  void refusesDormandPrinceOfACellWithInput() {
    FrameArchitecture full =
        with(FrameArchitecture.music(FrameSystem.VSDN_VAE), "cell", GruOdeCell.Kind.FULL);
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> with(full, "solver", Solver.DORMAND_PRINCE));
    assertTrue(refused.toString().contains("FULL"));
    FrameArchitecture odeRnn = with(full, "system", FrameSystem.ODE_RNN);
    assertEquals(Solver.DORMAND_PRINCE, with(odeRnn, "solver", Solver.DORMAND_PRINCE).solver());
  }

  /** The bias of what makes θ is the distribution with the data's moments. */
  @ParameterizedTest
  @EnumSource
  void beginsAtTheMoments(FrameSystem system) {
    FloatTensor values = FloatTensor.zeros(Shape.of(3, 4, 2));
    values.copyFrom(Values.normals(53, 3, 4, 2));
    var data = new Segments(values, 1, Collections.nCopies(3, "noise"));
    FrameModel model = SmallSystems.of(system, Distribution.GAUSSIAN).model(data);
    double[] mean = new double[2];
    double[] variance = new double[2];
    for (int i = 0; i < 24; i++) {
      mean[i % 2] += values.at(i) / 12;
    }
    for (int i = 0; i < 24; i++) {
      variance[i % 2] += Math.pow(values.at(i) - mean[i % 2], 2) / 12;
    }
    double[] start = model.likelihood().constant(mean, variance).toArray();
    long found =
        Parameters.flatten((Record) model).entrySet().stream()
            .filter(e -> e.getKey().endsWith("bias") && e.getValue().shape().size() == 4)
            .filter(e -> near(start, e.getValue().initial().values(Shape.of(4), 1, e.getKey())))
            .count();
    int expected =
        switch (system) {
          case ODE_RNN, GRU_ODE -> 1;
          case BIDIRECTIONAL_ODE_RNN -> 2;
          default -> 3;
        };
    assertEquals(expected, found);
  }

  private static boolean near(double[] start, DoubleTensor values) {
    for (int i = 0; i < start.length; i++) {
      if (Math.abs(start[i] - values.at(i)) > 1e-12) {
        return false;
      }
    }
    return true;
  }
}
