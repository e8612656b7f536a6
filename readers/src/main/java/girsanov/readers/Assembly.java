package girsanov.readers;

import girsanov.models.data.DataException;
import girsanov.models.data.Part;
import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.readers.music.PianoRoll;
import girsanov.readers.speech.Scaling;
import girsanov.readers.speech.Waveform;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deals the segments of recordings out to sets, and copies each to its place there.
 *
 * @param recordings in the order of their files' paths
 */
record Assembly(String name, Kind kind, Reading reading, List<Recorded> recordings) {

  /** What was read from a file. */
  record Recorded(String file, Recording recording) {}

  /** A segment of a file. */
  private record Piece(String source, Recording recording, int segment, @Nullable Part listed) {}

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
    var sets = new ArrayList<Segments>();
    for (Part part : Part.values()) {
      sets.add(segments(part, parts, pieces, globalPeak, splitBy));
    }
    return new Corpus(
        new SegmentSets(name, sets.get(0), sets.get(1), sets.get(2)),
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
        peak = Math.max(peak, pieces.get(i).recording.peak());
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
      Recording recording = recordings.get(i).recording;
      Listing.@Nullable Row row = rows.get(files.get(i));
      String source = row == null || row.source() == null ? sources.get(i) : row.source();
      for (int segment = 0; segment < recording.segments(); segment++) {
        pieces.add(new Piece(source, recording, segment, row == null ? null : row.part()));
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

  private Segments segments(
      Part part, List<Part> parts, List<Piece> pieces, int globalPeak, String splitBy) {
    var sources = new ArrayList<String>();
    var chosen = new ArrayList<Piece>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == part) {
        chosen.add(pieces.get(i));
        sources.add(pieces.get(i).source);
      }
    }
    if (chosen.isEmpty()) {
      throw new DataException(
          "expected usable files for train, valid and test, found none for "
              + part.name().toLowerCase(Locale.ROOT)
              + " (split: "
              + splitBy
              + ")");
    }
    FloatTensor values = FloatTensor.zeros(shape(part, chosen.size()));
    for (int i = 0; i < chosen.size(); i++) {
      Piece piece = chosen.get(i);
      values.row(i).copyFrom(piece.recording.segment(piece.segment, globalPeak));
    }
    double rate = kind == Kind.MUSIC ? reading.framesPerSecond() : Waveform.FRAMES_PER_SECOND;
    return new Segments(values, rate, sources);
  }

  private Shape shape(Part part, int segments) {
    int frames = kind == Kind.MUSIC ? reading.framesPerMinute() : Waveform.FRAMES_PER_SECOND;
    int dim = kind == Kind.MUSIC ? PianoRoll.PITCHES : Waveform.FRAME;
    int most = Integer.MAX_VALUE / (frames * dim);
    if (segments > most) {
      throw new DataException(
          "expected at most %,d segments for %s, which a Java array can hold, found %,d; name a part of the folder"
              .formatted(most, part.name().toLowerCase(Locale.ROOT), segments));
    }
    return Shape.of(segments, frames, dim);
  }
}
