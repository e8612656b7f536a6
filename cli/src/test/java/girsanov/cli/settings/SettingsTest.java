package girsanov.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Settings are read from and written to records by name. */
final class SettingsTest {

  public record Inner(int hidden, TimeUnit unit) {
    public Inner {
      if (hidden < 1) {
        throw new IllegalArgumentException("hidden: expected 1 or more, got " + hidden);
      }
    }
  }

  public record Outer(double learningRate, boolean clip, long seed, String name, Inner model) {}

  private static final Outer OUTER = new Outer(1e-3, false, 7, "a", new Inner(100, TimeUnit.DAYS));

  @Test
  void keysOfNestedRecordsFollowADot() {
    assertEquals(
        "{learningRate=0.001, clip=false, seed=7, name=a, model.hidden=100, model.unit=days}",
        Settings.flatten(OUTER).toString());
  }

  @Test
  void aSettingReplacesOneValue() {
    assertEquals(30, Settings.with(OUTER, "model.hidden", "30").model().hidden());
    assertEquals(TimeUnit.HOURS, Settings.with(OUTER, "model.unit", "hours").model().unit());
    assertEquals(0.5, Settings.with(OUTER, "learningRate", "5e-1").learningRate());
    assertTrue(Settings.with(OUTER, "clip", "true").clip());
    assertEquals(-9, Settings.with(OUTER, "seed", "-9").seed());
    assertEquals(OUTER.model(), Settings.with(OUTER, "name", "b").model());
  }

  @Test
  void aMisspeltKeyIsSuggested() {
    assertEquals(
        "unknown setting 'model.hiden': did you mean 'model.hidden'?", message("model.hiden", "1"));
    assertEquals(
        "unknown setting 'width': known are learningRate, clip, seed, name, model.hidden,"
            + " model.unit",
        message("width", "1"));
  }

  @Test
  void wordsHaveChoices() {
    var choices = Settings.choices(OUTER);
    assertEquals(List.of("clip", "model.unit"), List.copyOf(choices.keySet()));
    assertEquals(List.of("true", "false"), choices.get("clip"));
    assertTrue(String.valueOf(choices.get("model.unit")).contains("hours"));
  }

  @Test
  void aBadValueIsNamed() {
    assertEquals(
        "--set model.hidden: expected a whole number, got '1.5'", message("model.hidden", "1.5"));
    assertEquals(
        "--set model.hidden: expected a whole number between -2147483648 and 2147483647, got '9999999999'",
        message("model.hidden", "9999999999"));
    assertEquals("--set learningRate: expected a number, got 'x'", message("learningRate", "x"));
    assertEquals("--set clip: expected one of [true, false], got 'yes'", message("clip", "yes"));
    assertTrue(message("model.unit", "DAYS").contains("microseconds"));
    assertEquals(
        "--set model.hidden=0: hidden: expected 1 or more, got 0", message("model.hidden", "0"));
  }

  @Test
  void distanceCountsEdits() {
    assertEquals(0, Nearest.distance("lorenz", "lorenz"));
    assertEquals(1, Nearest.distance("lroenz", "lorenz"));
    assertEquals(2, Nearest.distance("mocab2", "mocap"));
    assertEquals(5, Nearest.distance("", "mocap"));
    assertEquals("known are mocap", Nearest.suggestion("something-else", List.of("mocap")));
  }

  private static String message(String key, String value) {
    UserException error = assertThrows(UserException.class, () -> Settings.with(OUTER, key, value));
    assertEquals(2, error.exitCode());
    return String.valueOf(error.getMessage());
  }
}
