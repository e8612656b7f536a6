package girsanov.readers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.data.DataException;
import girsanov.models.data.Part;
import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.models.data.Split;
import girsanov.readers.music.MidiWriter;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Sounds;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {
  private final Path folder;

  CorpusTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void oneBrokenFileAmongManyIsNamedAndCounted() throws IOException {
    for (int i = 0; i < 5; i++) {
      put("song " + i + ".mid", music(2));
    }
    put("broken.mid", new byte[] {1, 2, 3});
    put("notes.txt", new byte[] {1, 2, 3});
    put(".hidden.mid", new byte[] {1, 2, 3});
    Corpus corpus = Corpus.read(folder, Reading.standard());
    assertEquals(5, corpus.used());
    assertEquals(10, all(corpus.sets()).size());
    assertEquals("by-source, seed 0", corpus.splitBy());
    assertEquals(1, corpus.skipped().size());
    assertEquals(
        "broken.mid: expected a MIDI file, which starts with MThd and a header, found '...'",
        corpus.skipped().getFirst().toString());
  }

  @Test
  void copiesOfASongAreOneSource() throws IOException {
    for (String song : List.of("A/x", "A/x.1", "A/x.12", "B/x", "B/y.0", "C")) {
      put(song + ".MID", music(1));
    }
    SegmentSets sets = Corpus.read(folder, Reading.standard()).sets();
    assertEquals(Set.of("A/x", "B/x", "B/y", "C"), new HashSet<>(all(sets)));
    assertApart(sets);
  }

  /** As in POP909: else a song is learned from in one version and tested on in another. */
  @Test
  void versionsOfASongAreOneSource() throws IOException {
    for (String song : List.of("001", "002", "pop/003")) {
      String number = song.substring(song.length() - 3);
      put(song + "/" + number + ".mid", music(1));
      put(song + "/versions/" + number + "-v1.mid", music(1));
      put(song + "/versions/" + number + "-v2.mid", music(1));
    }
    put("pop/other.mid", music(1));
    SegmentSets sets = Corpus.read(folder, Reading.standard()).sets();
    assertEquals(Set.of("001", "002", "pop/003", "pop/other"), new HashSet<>(all(sets)));
    assertEquals(10, all(sets).size());
    assertApart(sets);
  }

  @Test
  void theFolderIsTheSpeaker() throws IOException {
    for (String speaker : List.of("dr1/a", "dr1/b", "dr2/a", "dr2/c")) {
      put(speaker + "/1.wav", Sounds.wave(Sounds.samples(40_000)));
      put(speaker + "/2.WAV", Sounds.sphere(Sounds.samples(16_000)));
    }
    put("loose.wav", Sounds.wave(Sounds.samples(16_000)));
    SegmentSets sets = Corpus.read(folder, Reading.standard()).sets();
    assertEquals(Set.of("dr1/a", "dr1/b", "dr2/a", "dr2/c", "loose"), new HashSet<>(all(sets)));
    assertEquals(13, all(sets).size());
    assertApart(sets);
  }

  @Test
  void inOneFolderEachFileIsASource() throws IOException {
    for (int i = 0; i < 3; i++) {
      put("wavs/" + i + ".wav", Sounds.wave(Sounds.samples(32_000)));
    }
    SegmentSets sets = Corpus.read(folder, Reading.standard()).sets();
    assertEquals(Set.of("wavs/0", "wavs/1", "wavs/2"), new HashSet<>(all(sets)));
  }

  @Test
  void segmentsOfASourceFallApartWhenAskedTo() throws IOException {
    put("song.mid", music(60));
    SegmentSets sets = Corpus.read(folder, Reading.standard().withSplit(Split.BY_SEGMENT)).sets();
    assertEquals(60, all(sets).size());
    assertEquals(Set.of("song"), new HashSet<>(sets.valid().sources()));
    assertError("split by segment", Reading.standard());
  }

  @Test
  void aListIsObeyed() throws IOException {
    for (int i = 0; i < 4; i++) {
      put(i + ".mid", music(i + 1));
    }
    put(
        "files.csv",
        """
        file,text,source,split
        0.mid,"a, b",,test
        1.mid,,one,valid
        2.mid,,two,train
        gone.mid,,two,train
        """
            .getBytes(StandardCharsets.UTF_8));
    Corpus corpus = Corpus.read(folder, Reading.standard());
    assertEquals("files.csv", corpus.splitBy());
    assertEquals(List.of("two", "two", "two"), corpus.sets().train().sources());
    assertEquals(List.of("one", "one"), corpus.sets().valid().sources());
    assertEquals(List.of("0"), corpus.sets().test().sources());
    assertEquals(
        List.of("3.mid", "gone.mid"), corpus.skipped().stream().map(Skipped::file).toList());
  }

  @Test
  void aListMustMakeSense() throws IOException {
    put("0.mid", music(1));
    list("file,split\n0.mid,dev\n");
    assertError("files.csv, line 2: expected train, valid or test as split, found 'dev'");
    list("file,split\n0.mid,train\n0.mid,test\n");
    assertError("files.csv, line 3: expected each file once");
    list("file,split\n0.mid,train\n");
    assertError("found none for valid (split: files.csv)");
    list("file,split\n0.mid\n");
    assertError("files.csv, line 2: expected train, valid or test as split, found ''");
  }

  /** Were it ignored, files would be dealt out at random, and nobody told. */
  @Test
  void aListWithoutItsColumnsIsRefused() throws IOException {
    for (int i = 0; i < 4; i++) {
      put(i + ".mid", music(1));
    }
    assertEquals("by-source, seed 0", Corpus.read(folder, Reading.standard()).splitBy());
    for (String header : List.of("file,splt", "File,Split", "file;split", "name,composer")) {
      list(header + "\n0.mid,train\n");
      assertError(
          "files.csv: expected the columns file and split, separated by commas, and a row for each"
              + " file, found the columns "
              + header.replace(",", ", "));
    }
    list("file,split\n");
    assertError("found no row below its header; mend it, or give it another name");
    list("");
    assertError("found no row below its header");
    Files.delete(folder.resolve("files.csv"));
    put("utterances.csv", "file,part\n0.mid,train\n".getBytes(StandardCharsets.UTF_8));
    assertError("utterances.csv: expected the columns file and split");
  }

  @Test
  void oneFactorForAllComesFromTheTrainingSet() throws IOException {
    short[] loud = new short[16_000];
    loud[0] = 2000;
    short[] soft = new short[16_000];
    soft[0] = 1000;
    put("a.wav", Sounds.wave(soft));
    put("b.wav", Sounds.wave(loud));
    put("c.wav", Sounds.wave(new short[16_000]));
    list("file,split\na.wav,train\nb.wav,valid\nc.wav,test\n");
    Reading global = Reading.standard().withScaling(Scaling.GLOBAL);
    Corpus corpus = Corpus.read(folder, global);
    assertEquals(1000, corpus.globalPeak());
    SegmentSets sets = corpus.sets();
    assertEquals(1, sets.train().at(0, 0, 0));
    assertEquals(2, sets.valid().at(0, 0, 0));
    assertEquals(0, sets.test().at(0, 0, 0));
    // A model that learned from other sound keeps its scale.
    SegmentSets others = Corpus.read(folder, global.withGlobalPeak(4000)).sets();
    assertEquals(0.25, others.train().at(0, 0, 0));
    SegmentSets own = Corpus.read(folder, Reading.standard()).sets();
    assertEquals(0, Corpus.read(folder, Reading.standard()).globalPeak());
    assertEquals(1, own.valid().at(0, 0, 0));
    assertEquals(0, own.test().at(0, 0, 0));
  }

  @Test
  void noFolder() throws IOException {
    put("file", new byte[1]);
    DataException e =
        assertThrows(
            DataException.class, () -> Corpus.read(folder.resolve("no"), Reading.standard()));
    assertTrue(String.valueOf(e.getMessage()).endsWith("found nothing there"), e.getMessage());
    e =
        assertThrows(
            DataException.class, () -> Corpus.read(folder.resolve("file"), Reading.standard()));
    assertTrue(String.valueOf(e.getMessage()).endsWith("found a file"), e.getMessage());
  }

  @Test
  void anEmptyFolder() {
    assertError("expected MIDI files (.mid) or sound files (.wav, .sph)");
  }

  @Test
  void musicAndSpeechTogether() throws IOException {
    put("a.mid", music(1));
    put("b.wav", Sounds.wave(Sounds.samples(16_000)));
    assertError("found both, such as a.mid and b.wav");
  }

  @Test
  void nothingUsable() throws IOException {
    for (int i = 0; i < 4; i++) {
      put(i + ".mid", new byte[] {'M', 'T', 'h', 'd'});
    }
    assertError("expected usable MIDI files, found none; of 4, each was skipped: 0.mid: expected");
  }

  @Test
  void allTooShort() throws IOException {
    put("a.wav", Sounds.wave(Sounds.samples(15_999)));
    assertError("a.wav: expected at least one second of sound, found less");
  }

  /** What is left out is as if it had been read and then left out. */
  @Test
  void someSegmentsAreFromAllOver() throws IOException {
    for (int i = 0; i < 12; i++) {
      put(i + ".mid", music(1 + i % 4, 40 + i));
    }
    for (Split split : Split.values()) {
      Reading all = Reading.standard().withSplit(split);
      SegmentSets sets = Corpus.read(folder, all).sets();
      Corpus few = Corpus.read(folder, all.withMost(7, 1));
      int train = sets.train().count();
      assertEquals(
          sets.train().select(IntStream.range(0, 7).map(i -> i * train / 7).toArray()),
          few.sets().train());
      assertEquals(sets.valid().select(0), few.sets().valid());
      assertEquals(sets.test().select(0), few.sets().test());
      assertEquals(
          Map.of(
              Part.TRAIN, train, Part.VALID, sets.valid().count(), Part.TEST, sets.test().count()),
          few.found());
      assertEquals(sets, Corpus.read(folder, all.withMost(1000, 1000)).sets());
    }
    assertThrows(IllegalArgumentException.class, () -> Reading.standard().withMost(0, -1));
  }

  /** A folder larger than memory is read twice, and nobody sees it. */
  @Test
  void whatIsNotHeldIsReadAgain() throws IOException {
    for (int i = 0; i < 6; i++) {
      put(i + ".wav", Sounds.wave(Sounds.samples(20_000 * (1 + i))));
    }
    for (Split split : Split.values()) {
      for (Scaling scaling : Scaling.values()) {
        Reading reading = Reading.standard().withSplit(split).withScaling(scaling);
        Corpus held = Corpus.read(folder, reading);
        for (long room : new long[] {0, 200_000}) {
          assertEquals(held, Corpus.read(folder, reading, room));
        }
      }
    }
  }

  @Test
  void whatChangesMeanwhileIsToldOf() throws IOException {
    Recording before = Recording.read(music(2), Kind.MUSIC, Reading.standard());
    Recording after = Recording.read(music(1), Kind.MUSIC, Reading.standard());
    assertEquals(before, Recorded.known("a.mid", before, () -> before).recording());
    Recorded changed = Recorded.known("a.mid", before, () -> after);
    DataException e = assertThrows(DataException.class, changed::recording);
    assertTrue(String.valueOf(e.getMessage()).startsWith("a.mid: expected it as it was"));
  }

  @Test
  void moreThanMemoryHolds() {
    var counts = Map.of(Part.TRAIN, 9000, Part.VALID, 500, Part.TEST, 500);
    long each = 240 * 128 * 4;
    new Room(counts, 240, 128, 10_000 * each).require();
    var room = new Room(counts, 240, 128, 9_999 * each);
    DataException e = assertThrows(DataException.class, room::require);
    assertEquals(
        "expected segments that leave room in Java's memory, whose 1,171 MB 9,999 of them fill,"
            + " found 9,000 to learn from, 500 to validate on and 500 to report on; take fewer by"
            + " the settings segments and heldOut, such as 2499 and 249, or give Java more by"
            + " JAVA_TOOL_OPTIONS=-Xmx...",
        e.getMessage());
  }

  @Test
  void moreThanAnArrayHolds() throws IOException {
    Recording sixHours = Recording.read(music(360), Kind.MUSIC, Reading.standard());
    var recordings = new ArrayList<Recorded>();
    for (int i = 0; i < 300; i++) {
      recordings.add(Recorded.held(i + ".mid", sixHours));
    }
    var assembly = new Assembly("long", Kind.MUSIC, Reading.standard(), recordings);
    DataException e =
        assertThrows(DataException.class, () -> assembly.corpus(Optional.empty(), List.of()));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("expected at most 69,905 segments for train"),
        e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("take fewer by the setting segments, or"));
  }

  @Test
  void aLinkThatLeadsBackIsSkipped() throws IOException {
    for (int i = 0; i < 3; i++) {
      put("songs/" + i + ".mid", music(1));
    }
    Files.createSymbolicLink(folder.resolve("songs/again"), folder);
    Corpus corpus = Corpus.read(folder, Reading.standard());
    assertEquals(3, corpus.used());
    assertEquals(List.of("songs/again"), corpus.skipped().stream().map(Skipped::file).toList());
  }

  private void put(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void list(String text) throws IOException {
    put("files.csv", text.getBytes(StandardCharsets.UTF_8));
  }

  /** One long note. */
  private static byte[] music(int minutes) throws IOException {
    return music(minutes, 60);
  }

  private static byte[] music(int minutes, int pitch) throws IOException {
    FloatTensor roll = FloatTensor.zeros(Shape.of(240 * minutes, PianoRoll.PITCHES));
    for (int frame = 0; frame < roll.shape().dim(0); frame++) {
      roll.put(frame * PianoRoll.PITCHES + pitch, 1);
    }
    var out = new ByteArrayOutputStream();
    MidiWriter.write(roll, 4, out);
    return out.toByteArray();
  }

  private static List<String> all(SegmentSets sets) {
    var all = new ArrayList<String>();
    for (Segments part : List.of(sets.train(), sets.valid(), sets.test())) {
      all.addAll(part.sources());
    }
    return all;
  }

  private static void assertApart(SegmentSets sets) {
    Set<String> train = new HashSet<>(sets.train().sources());
    assertTrue(sets.valid().sources().stream().noneMatch(train::contains));
    assertTrue(sets.test().sources().stream().noneMatch(train::contains));
    assertTrue(sets.test().sources().stream().noneMatch(sets.valid().sources()::contains));
  }

  private void assertError(String part) {
    assertError(part, Reading.standard());
  }

  private void assertError(String part, Reading reading) {
    DataException e = assertThrows(DataException.class, () -> Corpus.read(folder, reading));
    assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
  }
}
