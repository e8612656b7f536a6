package girsanov.readers;

import girsanov.models.data.DataException;
import girsanov.models.data.Part;
import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Waveform;
import girsanov.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deals the segments of recordings out to sets, takes as many as are wanted of each, and copies
 * these to their places.
 *
 * @param recordings in the order of their files' paths
 */
record Assembly(String name, Kind kind, Reading reading, List<Recorded> recordings) {

  /**
   * A segment of a file.
   *
   * @param recorded the place of its file among the recordings
   */
  private record Piece(String source, int recorded, int segment, @Nullable Part listed) {}

  Corpus corpus(Optional<Listing> listing, List<Skipped> skipped) {
    List<Piece> pieces = pieces(listing);
    List<Part> parts =
        listing.isPresent()
            ? pieces.stream().map(Assembly::listed).toList()
            : reading.split().parts(pieces.stream().map(Piece::source).toList(), reading.seed());
    String splitBy =
        listing
            .map(Listing::title)
            .orElseGet(() -> reading.split().title() + ", seed " + reading.seed());
    int globalPeak = globalPeak(parts, pieces);
    var found = new EnumMap<Part, Integer>(Part.class);
    var taken = new EnumMap<Part, List<Piece>>(Part.class);
    for (Part part : Part.values()) {
      List<Piece> all = of(part, parts, pieces, splitBy);
      found.put(part, all.size());
      taken.put(part, some(all, reading.most(part)));
    }
    var counts = new EnumMap<Part, Integer>(Part.class);
    taken.forEach((part, chosen) -> counts.put(part, chosen.size()));
    var room = new Room(counts, frames(), dim(), Runtime.getRuntime().maxMemory());
    room.require();
    var sets = new ArrayList<Segments>();
    taken.forEach((part, chosen) -> sets.add(segments(room.zeros(part), chosen, globalPeak)));
    return new Corpus(
        new SegmentSets(name, sets.get(0), sets.get(1), sets.get(2)),
        found,
        kind,
        recordings.size(),
        globalPeak,
        splitBy,
        skipped);
  }

  /** The one that is given, else that of all there is to learn from. */
  private int globalPeak(List<Part> parts, List<Piece> pieces) {
    if (kind == Kind.MUSIC || reading.scaling() != Scaling.GLOBAL) {
      return 0;
    }
    if (reading.globalPeak() > 0) {
      return reading.globalPeak();
    }
    int peak = 0;
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == Part.TRAIN) {
        peak = Math.max(peak, recordings.get(pieces.get(i).recorded).peak());
      }
    }
    // What is all silent stays so.
    return Math.max(peak, 1);
  }

  private List<Piece> pieces(Optional<Listing> listing) {
    List<String> files = recordings.stream().map(Recorded::file).toList();
    List<String> sources = Sources.of(files, kind);
    Map<String, Listing.Row> rows = listing.map(Listing::rows).orElse(Map.of());
    var pieces = new ArrayList<Piece>();
    for (int i = 0; i < files.size(); i++) {
      Listing.@Nullable Row row = rows.get(files.get(i));
      String source = row == null || row.source() == null ? sources.get(i) : row.source();
      for (int segment = 0; segment < recordings.get(i).segments(); segment++) {
        pieces.add(new Piece(source, i, segment, row == null ? null : row.part()));
      }
    }
    return pieces;
  }

  private static Part listed(Piece piece) {
    if (piece.listed == null) {
      throw new IllegalStateException("what is not listed has been skipped");
    }
    return piece.listed;
  }

  private static List<Piece> of(Part part, List<Part> parts, List<Piece> pieces, String splitBy) {
    var all = new ArrayList<Piece>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == part) {
        all.add(pieces.get(i));
      }
    }
    if (all.isEmpty()) {
      throw new DataException(
          "expected usable files for train, valid and test, found none for "
              + part.name().toLowerCase(Locale.ROOT)
              + " (split: "
              + splitBy
              + ")");
    }
    return all;
  }

  /** So many of the segments, from all over. */
  private static List<Piece> some(List<Piece> all, int most) {
    if (most == 0 || most >= all.size()) {
      return all;
    }
    var some = new ArrayList<Piece>();
    for (long i = 0; i < most; i++) {
      some.add(all.get((int) (i * all.size() / most)));
    }
    return some;
  }

  /** Copies segments to their places; the content of a file is asked for once. */
  private Segments segments(FloatTensor values, List<Piece> chosen, int globalPeak) {
    for (int i = 0; i < chosen.size(); ) {
      int of = chosen.get(i).recorded;
      Recording recording = recordings.get(of).recording();
      for (; i < chosen.size() && chosen.get(i).recorded == of; i++) {
        values.row(i).copyFrom(recording.segment(chosen.get(i).segment, globalPeak));
      }
    }
    double rate = kind == Kind.MUSIC ? reading.framesPerSecond() : Waveform.FRAMES_PER_SECOND;
    return new Segments(values, rate, chosen.stream().map(Piece::source).toList());
  }

  private int frames() {
    return kind == Kind.MUSIC ? reading.framesPerMinute() : Waveform.FRAMES_PER_SECOND;
  }

  private int dim() {
    return kind == Kind.MUSIC ? PianoRoll.PITCHES : Waveform.FRAME;
  }
}
