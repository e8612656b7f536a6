package girsanov.readers;

import girsanov.models.data.DataException;
import girsanov.models.data.Part;
import girsanov.models.data.SegmentSets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of music or speech, cut into segments of equal length without overlap; what is left of a
 * file after its last whole segment is dropped.
 *
 * <p>Where the folder has a list that says what each file is for, {@code files.csv} or {@code
 * utterances.csv} with the columns {@code file} and {@code split}, the list is obeyed, and {@link
 * Reading#split} otherwise. A file that cannot be used is skipped and named.
 *
 * @param sets as many segments as {@link Reading#segments} and {@link Reading#heldOut} allow
 * @param found how many there are for each part
 * @param kind what the files are
 * @param used how many files
 * @param globalPeak the |sample| that became 1 in all sound; 0 for music, and where each file or
 *     segment has its own
 * @param splitBy who said which segments are for what: the list, or the split and its seed
 */
public record Corpus(
    SegmentSets sets,
    Map<Part, Integer> found,
    Kind kind,
    int used,
    int globalPeak,
    String splitBy,
    List<Skipped> skipped) {

  /** Contents of files take one of so many parts of Java's memory until all are read. */
  private static final int HELD_PART = 8;

  /** Reasons that an error names, of all for which files were skipped. */
  private static final int NAMED = 3;

  public Corpus {
    found = Map.copyOf(found);
    skipped = List.copyOf(skipped);
  }

  /**
   * The recordings that come with this library: 24 pieces of the Freedoom game in 60 minutes, or
   * five spoken sentences in 23 seconds. Their lists say which are for what.
   */
  public static Corpus sample(Kind kind, Reading reading) {
    return Sample.of(kind).read(reading);
  }

  /**
   * The recordings in a folder and in those below it.
   *
   * @throws DataException if the folder is not there or empty, holds no usable file or both music
   *     and speech, or if a set would be empty or larger than memory
   */
  public static Corpus read(Path folder, Reading reading) {
    return read(folder, reading, Runtime.getRuntime().maxMemory() / HELD_PART);
  }

  /** Likewise, holding contents of so many bytes until all files are read. */
  static Corpus read(Path folder, Reading reading, long room) {
    Folder content = Folder.list(folder);
    Kind kind = kind(content);
    Optional<Listing> listing = Listing.find(folder);
    var recordings = new ArrayList<Recorded>();
    var skipped = new ArrayList<>(content.skipped());
    long left = room;
    for (Folder.Found file : content.found()) {
      try {
        if (listing.isPresent() && !listing.get().rows().containsKey(file.name())) {
          throw new DataException("expected in " + listing.get().title() + ", not listed there");
        }
        Recording recording = Recording.read(Folder.read(file), kind, reading);
        left -= recording.bytes();
        recordings.add(
            left >= 0
                ? Recorded.held(file.name(), recording)
                : Recorded.known(file.name(), recording, () -> again(file, kind, reading)));
      } catch (DataException e) {
        skipped.add(new Skipped(file.name(), String.valueOf(e.getMessage())));
      }
    }
    listing.ifPresent(list -> addMissing(list, content, skipped));
    if (recordings.isEmpty()) {
      throw new DataException(folder + ": " + nothingUsable(kind, skipped));
    }
    try {
      String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      return new Assembly(name, kind, reading, recordings).corpus(listing, skipped);
    } catch (DataException e) {
      throw new DataException(folder + ": " + e.getMessage(), e);
    }
  }

  private static Recording again(Folder.Found file, Kind kind, Reading reading) {
    try {
      return Recording.read(Folder.read(file), kind, reading);
    } catch (DataException e) {
      throw new DataException(file.name() + ": " + e.getMessage(), e);
    }
  }

  /**
   * What the recordings in a folder are, by their names and first bytes alone.
   *
   * @throws DataException if the folder is not there, or holds none or both
   */
  public static Kind kind(Path folder) {
    return kind(Folder.list(folder));
  }

  private static Kind kind(Folder content) {
    var kinds = new LinkedHashSet<Kind>();
    content.found().forEach(file -> kinds.add(file.kind()));
    if (kinds.size() == 1) {
      return kinds.iterator().next();
    }
    String found =
        kinds.isEmpty()
            ? "none"
            : "both, such as " + first(content, Kind.MUSIC) + " and " + first(content, Kind.SPEECH);
    throw new DataException(
        content.root()
            + ": expected MIDI files (.mid) or sound files (.wav, .sph) in this folder or below, found "
            + found
            + (kinds.isEmpty() ? "" : "; name a folder that holds one kind"));
  }

  private static String first(Folder content, Kind kind) {
    return content.found().stream()
        .filter(file -> file.kind() == kind)
        .findFirst()
        .orElseThrow()
        .name();
  }

  private static void addMissing(Listing list, Folder content, List<Skipped> skipped) {
    Set<String> there = new LinkedHashSet<>();
    content.found().forEach(file -> there.add(file.name()));
    skipped.forEach(file -> there.add(file.file()));
    for (String file : list.rows().keySet()) {
      if (!there.contains(file)) {
        skipped.add(
            new Skipped(file, "expected a recording, as " + list.title() + " says; found none"));
      }
    }
  }

  private static String nothingUsable(Kind kind, List<Skipped> skipped) {
    String reasons =
        String.join("; ", skipped.stream().limit(NAMED).map(Skipped::toString).toList());
    return "expected usable %s files, found none; of %d, each was skipped: %s%s"
        .formatted(kind.title(), skipped.size(), reasons, skipped.size() > NAMED ? "; ..." : "");
  }
}
