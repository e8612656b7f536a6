package girsanov.autodiff.compile;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Linear;
import girsanov.autodiff.Op;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A sum of slices that were padded with zeros to one shape. Derivatives of slices are such sums:
 * the gates of a GRU, cut out of one product, come back as three padded arrays. Where the slices do
 * not overlap, the sum is their concatenation, and no zero is ever added.
 */
final class Segments {
  private Segments() {}

  /** Elements from..to of an axis; null stands for zeros. */
  private record Segment(int from, int to, @Nullable Expr value) {}

  /** a + b as a concatenation or a wider pad, or null if they are not of that form. */
  static @Nullable Expr sum(Expr a, Expr b, BiFunction<Op, List<Expr>, Expr> make) {
    int axis = axis(a);
    if (axis < 0 || axis != axis(b)) {
      return null;
    }
    List<Segment> left = segments(a, axis);
    List<Segment> right = segments(b, axis);
    var values = new ArrayList<Segment>();
    left.stream().filter(s -> s.value != null).forEach(values::add);
    right.stream().filter(s -> s.value != null).forEach(values::add);
    values.sort(Comparator.comparingInt(Segment::from));
    var parts = new ArrayList<Expr>();
    int length = a.shape().dim(axis);
    int start = values.getFirst().from;
    int end = start;
    for (Segment segment : values) {
      if (segment.from < end || segment.value == null) {
        return null;
      }
      if (segment.from > end) {
        parts.add(Expr.zeros(a.shape().with(axis, segment.from - end)));
      }
      parts.add(segment.value);
      end = segment.to;
    }
    Expr joined = parts.size() == 1 ? parts.getFirst() : make.apply(new Linear.Concat(axis), parts);
    return start == 0 && end == length
        ? joined
        : make.apply(new Linear.Pad(axis, start, length - end), List.of(joined));
  }

  private static int axis(Expr x) {
    return switch (x.op()) {
      case Linear.Pad(int axis, int _, int _) -> axis;
      case Linear.Concat(int axis) when hasZeros(x) -> axis;
      default -> -1;
    };
  }

  private static boolean hasZeros(Expr concat) {
    return concat.args().stream().anyMatch(Segments::isZero);
  }

  private static boolean isZero(Expr x) {
    Expr source = x;
    while (source.op() instanceof Linear.Broadcast) {
      source = source.args().getFirst();
    }
    return source.op() instanceof girsanov.autodiff.Constant(var value)
        && value.size() == 1
        && value.at(0) == 0;
  }

  private static List<Segment> segments(Expr x, int axis) {
    if (x.op() instanceof Linear.Pad(int _, int before, int _)) {
      var inner = new ArrayList<Segment>();
      Expr padded = x.args().getFirst();
      if (padded.op() instanceof Linear.Concat(int other) && other == axis) {
        for (Segment segment : segments(padded, axis)) {
          inner.add(new Segment(segment.from + before, segment.to + before, segment.value));
        }
      } else {
        inner.add(new Segment(before, before + padded.shape().dim(axis), padded));
      }
      return inner;
    }
    var found = new ArrayList<Segment>();
    int start = 0;
    for (Expr part : x.args()) {
      int end = start + part.shape().dim(axis);
      found.add(new Segment(start, end, isZero(part) ? null : part));
      start = end;
    }
    return found;
  }
}
