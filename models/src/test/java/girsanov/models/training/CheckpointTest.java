package girsanov.models.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.nn.Gru;
import girsanov.models.nn.Linear;
import girsanov.models.training.ToyObjectives.Regression;
import girsanov.models.training.ToyObjectives.SequenceMean;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointTest {
  private static final Map<String, String> CONFIGURATION = Map.of("hidden", "7", "model", "toy");

  @TempDir private Path folder = Path.of("");
  private final Objective objective = new SequenceMean(20);
  private final State state = train(Precision.FLOAT, 3);
  private Path file = Path.of("");

  @BeforeEach
  void writeOne() {
    file = folder.resolve("model.safetensors");
    Checkpoint.write(file, state, 42, CONFIGURATION);
  }

  @ParameterizedTest
  @EnumSource
  void readsBackWhatWasWritten(Precision precision) {
    State written = train(precision, 3);
    Checkpoint.write(file, written, -1, CONFIGURATION);
    Checkpoint read = Checkpoint.read(file);
    assertEquals(-1, read.seed());
    assertEquals(CONFIGURATION, read.configuration());
    read.requireConfiguration(Map.of("hidden", "7"));
    assertSame(written, read.state(objective.model()));
  }

  @Test
  void theFileFollowsTheFormat() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertEquals(0, length % 8);
    assertTrue(
        header.startsWith(
            "{\"__metadata__\":{\"girsanov.version\":\"1\",\"iteration\":\"3\",\"seed\":\"42\","
                + "\"config.hidden\":\"7\",\"config.model\":\"toy\"},"
                + "\"gru.weight_ih\":{\"dtype\":\"F32\",\"shape\":[1,21],\"data_offsets\":[0,84]},"
                + "\"gru.weight_hh\":{\"dtype\":\"F32\",\"shape\":[7,21],\"data_offsets\":[84,672]}"),
        header);
    assertTrue(header.contains("\"adam.m.gru.weight_hh\":{"), header);
    assertTrue(header.contains("\"adam.v.head.bias\":{"), header);
    int scalars = 21 + 7 * 21 + 21 + 21 + 7 + 1;
    assertEquals(8 + length + 3 * 4 * scalars, bytes.length);
    float first = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getFloat(8 + length);
    assertEquals(state.parameters().tensor("gru.weight_ih").at(0), first);
  }

  /** Killed at any time after a checkpoint, a run goes on as if it had never stopped. */
  @Test
  void resumingFromTheFileContinuesBitForBit() throws IOException {
    Files.write(folder.resolve("model.safetensors.tmp"), new byte[] {1, 2, 3});
    try (var workers = new Workers(2)) {
      Trainer resumed = trainer(Precision.FLOAT, 77, workers);
      resumed.restore(Checkpoint.read(file).state(objective.model()));
      resumed.run(7, _ -> {});
      assertSame(train(Precision.FLOAT, 7), resumed.state());
    }
  }

  @Test
  void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    byte[] before = Files.readAllBytes(file);
    // A folder in the way of the temporary file fails for every user, root too.
    Path obstacle = Files.createDirectory(folder.resolve("model.safetensors.tmp"));
    Files.createFile(obstacle.resolve("full"));
    assertProblem(
        "expected to write it, got",
        () -> Checkpoint.write(file, train(Precision.FLOAT, 4), 42, CONFIGURATION));
    assertArrayEquals(before, Files.readAllBytes(file));

    Path nowhere = folder.resolve("nowhere").resolve("model.safetensors");
    assertProblem("got no folder for", () -> Checkpoint.write(nowhere, state, 1, CONFIGURATION));
    assertFalse(Files.exists(nowhere.getParent()));
  }

  @Test
  void writingLeavesNoTemporaryFile() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void refusesAnAbsentFile() {
    Path absent = folder.resolve("absent");
    assertProblem("expected a file, got none", () -> Checkpoint.read(absent));
  }

  @Test
  void refusesAFileCutShortAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 7, 8, 9, 200, whole.length - 4, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertProblem("damaged or no safetensors file", () -> Checkpoint.read(file));
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertProblem("bytes of data after the header", () -> Checkpoint.read(file));
  }

  @Test
  void refusesAbsurdHeaderLengths() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (long length :
        new long[] {-1, Long.MIN_VALUE, 0, 1, Long.MAX_VALUE, 1L << 32, 99_999_999}) {
      ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      Files.write(file, whole);
      assertProblem("expected a header of 2 to", () -> Checkpoint.read(file));
    }
  }

  @Test
  void refusesBrokenHeaders() throws IOException {
    refuses("starts with '{'", header -> " " + header);
    refuses("expected a header in JSON", header -> header.replace("}}", "}"));
    refuses("expected a header in JSON", header -> header.replace("gru.bias_ih", "gru.weight_ih"));
    refuses("nothing after", header -> header.strip() + "{}");
    refuses("expected dtype F32 or F64, got 'F16'", header -> header.replace("F32", "F16"));
    refuses("expected VALUE_STRING", header -> header.replace("\"F32\"", "32"));
    refuses("got 'dtypo'", header -> header.replaceFirst("dtype", "dtypo"));
    refuses(
        "expected dtype F32 or F64, got ''",
        header -> header.replaceFirst("\"dtype\":\"F32\",", ""));
    refuses("expected a shape", header -> header.replace("[1,21]", "[-1,21]"));
    refuses("expected a shape", header -> header.replace("[1,21]", "[2147483647,2147483647]"));
    refuses("expected VALUE_NUMBER_INT", header -> header.replace("[1,21]", "[1,21.5]"));
    refuses(
        "expected a header in JSON",
        header -> header.replace("[1,21]", "[1,99999999999999999999]"));
    refuses("84 bytes apart", header -> header.replace("[0,84]", "[0,88]"));
    refuses("84 bytes apart", header -> header.replace("[0,84]", "[84,0]"));
    refuses("84 bytes apart", header -> header.replace("[0,84]", "[-84,0]"));
    refuses("84 bytes apart", header -> header.replace("[0,84]", "[0,84,1]"));
    refuses("at offset 84, right after", header -> header.replace("[84,672]", "[80,668]"));
    refuses("at offset 0, right after", header -> header.replace("[0,84]", "[8,92]"));
    refuses(
        "START_OBJECT", header -> header.replace("{\"__metadata__\"", "{\"x\":1,\"__metadata__\""));
  }

  @Test
  void refusesWhatGirsanovDidNotWrite() throws IOException {
    refuses(
        "girsanov.version 1 in its metadata, got none",
        header -> header.replace("girsanov.", "x."));
    refuses("got 2", header -> header.replace("version\":\"1", "version\":\"2"));
    refuses("expected a number for seed", header -> header.replace("\"42\"", "\"4x\""));
    refuses(
        "iteration of 0 or more",
        header -> header.replace("\"iteration\":\"3", "\"iteration\":\"-3"));
  }

  @Test
  void refusesAnotherModelsConfiguration() {
    assertProblem(
        "expected a model with hidden = 100, got 7",
        () -> Checkpoint.read(file).requireConfiguration(Map.of("model", "toy", "hidden", "100")));
    assertProblem(
        "expected a model with depth = 2, got none",
        () -> Checkpoint.read(file).requireConfiguration(Map.of("depth", "2")));
  }

  @Test
  void refusesAnotherModelsTensors() {
    record Headless(Gru gru) {}
    record Larger(Gru gru, Linear head) {}
    record Further(Gru gru, Linear head, Linear tail) {}
    var gru = Gru.of(1, 7);
    Checkpoint read = Checkpoint.read(file);
    assertProblem("expected no tensor 'head.weight'", () -> read.state(new Headless(gru)));
    assertProblem(
        "tensor 'head.weight': expected FLOAT [7, 2], got FLOAT [7, 1]",
        () -> read.state(new Larger(gru, Linear.of(7, 2))));
    assertProblem(
        "expected a tensor 'tail.weight' [2, 2], got none",
        () -> read.state(new Further(gru, Linear.of(7, 1), Linear.of(2, 2))));
    assertProblem(
        "expected no tensor 'gru.weight_ih'", () -> read.state(new Regression(3).model()));
  }

  @Test
  void refusesNumbersThatAreNotFinite() {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      State bad = train(Precision.FLOAT, 3);
      bad.v().tensor("head.weight").put(2, value);
      Checkpoint.write(file, bad, 42, CONFIGURATION);
      Checkpoint read = Checkpoint.read(file);
      assertProblem(
          "tensor 'adam.v.head.weight': expected finite numbers, got " + value + " at element 2",
          () -> read.state(objective.model()));
    }
  }

  @Test
  void aTrainerRefusesAnotherPrecision() {
    State inDouble = train(Precision.DOUBLE, 1);
    try (var workers = new Workers(1)) {
      Trainer trainer = trainer(Precision.FLOAT, 1, workers);
      assertThrows(IllegalArgumentException.class, () -> trainer.restore(inDouble));
    }
  }

  /** Puts another header in front of the same data. */
  private void refuses(String problem, UnaryOperator<String> change) throws IOException {
    Checkpoint.write(file, state, 42, CONFIGURATION);
    byte[] whole = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(whole, 8, length, StandardCharsets.UTF_8);
    String changed = change.apply(header);
    assertFalse(changed.equals(header), "the change for '" + problem + "' changed nothing");
    byte[] bytes = changed.getBytes(StandardCharsets.UTF_8);
    ByteBuffer rewritten =
        ByteBuffer.allocate(8 + bytes.length + whole.length - 8 - length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes.length)
            .put(bytes)
            .put(whole, 8 + length, whole.length - 8 - length);
    Files.write(file, rewritten.array());
    assertProblem(problem, () -> Checkpoint.read(file));
  }

  private static void assertProblem(
      String problem, org.junit.jupiter.api.function.Executable action) {
    String message = String.valueOf(assertThrows(CheckpointException.class, action).getMessage());
    assertTrue(message.contains(problem), message);
    assertTrue(message.startsWith("checkpoint ") && !message.contains("\n"), message);
  }

  private State train(Precision precision, int steps) {
    try (var workers = new Workers(1)) {
      Trainer trainer = trainer(precision, 1, workers);
      trainer.run(steps, _ -> {});
      return trainer.state();
    }
  }

  private Trainer trainer(Precision precision, long seed, Workers workers) {
    ParameterVector start = ParameterVector.initial(objective.model(), precision, seed);
    return new Trainer(objective, start, Adam.of(Schedule.constant(0.01)), workers, 8);
  }

  private static void assertSame(State expected, State actual) {
    assertEquals(expected.iteration(), actual.iteration());
    assertArrayEquals(expected.parameters().flat().toArray(), actual.parameters().flat().toArray());
    assertArrayEquals(expected.m().flat().toArray(), actual.m().flat().toArray());
    assertArrayEquals(expected.v().flat().toArray(), actual.v().flat().toArray());
  }
}
