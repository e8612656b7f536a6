package girsanov.readers.music;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import girsanov.readers.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Facts of 357 files, found by another program, against what is read here. */
class ScoreFactsTest {
  private static final int FILES = 357;
  private static final int MINUTES = 1162;

  private int minutes;

  @Test
  void factsOfEveryFile() throws IOException {
    Path folder = Shared.folder("midi");
    List<String> lines = Files.readAllLines(folder.resolve("files.csv"));
    List<String> header = List.of(lines.getFirst().split(","));
    List<String[]> rows = lines.stream().skip(1).map(line -> line.split(",")).toList();
    assertEquals(FILES, rows.size());
    assertAll(rows.stream().map(row -> () -> check(folder, header, row)));
    assertEquals(MINUTES, minutes);
  }

  private void check(Path folder, List<String> header, String[] row) throws IOException {
    String file = row[header.indexOf("file")];
    Score score = Score.read(Files.readAllBytes(folder.resolve(file)));
    IntSummaryStatistics pitches = score.notes().stream().mapToInt(Note::pitch).summaryStatistics();
    Stream<Object> found =
        Stream.of(score.notes().size(), pitches.getMin(), pitches.getMax(), score.distinctTempos());
    Stream<String> facts =
        Stream.of("notes", "pitch_min", "pitch_max", "distinct_tempos")
            .map(name -> row[header.indexOf(name)]);
    assertEquals(facts.toList(), found.map(Object::toString).toList(), file);
    double seconds = Double.parseDouble(row[header.indexOf("seconds")]);
    assertEquals(seconds, score.seconds(), 0.005 + 1e-9, file);
    int full = PianoRoll.of(score, 4).frames() / 240;
    assertEquals(row[header.indexOf("full_minutes")], "" + full, file);
    minutes += full;
  }
}
