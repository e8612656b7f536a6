package girsanov.models.data;

import girsanov.tensor.Philox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which segments are learned from, 90 %, which choose a model, 5 %, and which are reported on, 5 %.
 *
 * <p>What is dealt out, a source or a segment, gets a number u in [0, 1) that is a function of the
 * seed and its name alone; a segment's name is its source and its place in it. The part is TRAIN
 * for u below 0.90, VALID below 0.95 and TEST above, so that a source that is added moves no other;
 * except that the ones with the next u are taken where a part would be empty.
 */
public enum Split {
  /** All segments of a source, a song or a speaker, are in one part. The default. */
  BY_SOURCE,
  /**
   * Each segment by itself, as in the VSDN paper. It leaks: what is learned from a minute of a song
   * is tested on the next minute of the same song.
   */
  BY_SEGMENT;

  private static final double TRAIN = 0.90;
  private static final double VALID = 0.95;

  /** Random streams of splits start here, out of the way of those of training noise. */
  private static final long STREAMS = 3L << 60;

  /** The name on the command line, such as {@code by-source}. */
  public String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The part of each segment.
   *
   * @param sources the source of each segment, with the segments of a source in order
   * @throws DataException if there are fewer than three sources, or segments, to deal out
   */
  public List<Part> parts(List<String> sources, long seed) {
    List<Key> keys = keys(sources);
    var order = new HashMap<Key, Double>();
    for (Key key : keys) {
      order.put(key, uniform(key, seed));
    }
    List<Key> dealt =
        order.keySet().stream()
            .sorted(Comparator.<Key>comparingDouble(order::get).thenComparing(Key::source))
            .toList();
    if (dealt.size() < Part.values().length) {
      throw tooFew(dealt.size());
    }
    int valid = Math.clamp(below(dealt, order, TRAIN), 1, dealt.size() - 2);
    int test = Math.clamp(below(dealt, order, VALID), valid + 1, dealt.size() - 1);
    var parts = new HashMap<Key, Part>();
    for (int i = 0; i < dealt.size(); i++) {
      parts.put(dealt.get(i), i < valid ? Part.TRAIN : i < test ? Part.VALID : Part.TEST);
    }
    return keys.stream().map(parts::get).toList();
  }

  /** The segments in three sets. */
  public SegmentSets of(String name, Segments all, long seed) {
    List<Part> parts = parts(all.sources(), seed);
    return new SegmentSets(
        name,
        select(all, parts, Part.TRAIN),
        select(all, parts, Part.VALID),
        select(all, parts, Part.TEST));
  }

  private static Segments select(Segments all, List<Part> parts, Part part) {
    var chosen = new ArrayList<Integer>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) == part) {
        chosen.add(i);
      }
    }
    return all.select(chosen.stream().mapToInt(Integer::intValue).toArray());
  }

  /** What is dealt out together. */
  private record Key(String source, int place) {}

  private List<Key> keys(List<String> sources) {
    Map<String, Integer> places = new HashMap<>();
    var keys = new ArrayList<Key>();
    for (String source : sources) {
      int place = this == BY_SOURCE ? 0 : places.merge(source, 1, Integer::sum);
      keys.add(new Key(source, place));
    }
    return keys;
  }

  private static double uniform(Key key, long seed) {
    long stream = STREAMS + Integer.toUnsignedLong(key.source.hashCode());
    return (Philox.words(seed, stream, key.place, false) >>> 11) * 0x1p-53;
  }

  private static int below(List<Key> dealt, Map<Key, Double> order, double bound) {
    return (int) dealt.stream().filter(key -> order.getOrDefault(key, 1.0) < bound).count();
  }

  private DataException tooFew(int count) {
    String what = this == BY_SOURCE ? "sources (songs or speakers)" : "segments";
    String remedy =
        this == BY_SOURCE
            ? "add recordings, or split by segment, which lets segments of one source fall into"
                + " different sets"
            : "add recordings";
    return new DataException(
        "expected at least 3 "
            + what
            + " to split into train, valid and test, found "
            + count
            + "; "
            + remedy);
  }
}
