package girsanov.autodiff.compile;

import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Places the ARENA buffers in one array. A buffer lives from its first to its last use; one that a
 * loop uses but does not own lives until the loop ends. Larger buffers are placed first, each at
 * the lowest offset where nothing that lives at the same time stands.
 */
record Plan(int[] offsets, int size, int peakLive) {

  private static final class Life {
    int first = Integer.MAX_VALUE;
    int last = -1;
  }

  /** Start and end of each loop around the present instruction. */
  private record Span(int first, int last) {}

  static Plan of(List<Instruction> instructions, List<Buffer> buffers, Precision precision) {
    var lives = new Life[buffers.size()];
    Arrays.setAll(lives, _ -> new Life());
    walk(instructions, 0, new ArrayList<>(), lives);
    var placed = new ArrayList<Buffer>();
    var offsets = new int[buffers.size()];
    Arrays.fill(offsets, -1);
    int size = 0;
    List<Buffer> order =
        buffers.stream()
            .filter(b -> b.kind == Buffer.Kind.ARENA && lives[b.number].last >= 0)
            .sorted(Comparator.comparingInt((Buffer b) -> -b.size))
            .toList();
    for (Buffer buffer : order) {
      int offset = lowestFree(buffer, placed, lives, offsets, precision);
      offsets[buffer.number] = offset;
      size = Math.max(size, Math.addExact(offset, precision.allocation(buffer.size)));
      int at = placed.size();
      while (at > 0 && offsets[placed.get(at - 1).number] > offset) {
        at--;
      }
      placed.add(at, buffer);
    }
    return new Plan(offsets, size, peak(order, lives, precision));
  }

  /** Beside those that are placed, given in the order of their offsets. */
  private static int lowestFree(
      Buffer buffer, List<Buffer> placed, Life[] lives, int[] offsets, Precision precision) {
    Life life = lives[buffer.number];
    int size = precision.allocation(buffer.size);
    int offset = 0;
    for (Buffer other : placed) {
      Life its = lives[other.number];
      if (its.first <= life.last && life.first <= its.last) {
        if (offset + size <= offsets[other.number]) {
          break;
        }
        offset = Math.max(offset, offsets[other.number] + precision.allocation(other.size));
      }
    }
    return offset;
  }

  /** Numbers the instructions, loops from their start to their end; returns the next number. */
  private static int walk(
      List<Instruction> instructions, int start, List<Span> loops, Life[] lives) {
    int now = start;
    for (Instruction instruction : instructions) {
      if (instruction instanceof Instruction.Loop loop) {
        int length = length(Arrays.asList(loop.body()));
        var span = new Span(now, now + length + 1);
        for (Buffer buffer : loop.touches()) {
          touch(buffer, span, loops, lives);
        }
        loops.add(span);
        walk(Arrays.asList(loop.body()), now + 1, loops, lives);
        loops.removeLast();
        now = span.last + 1;
      } else {
        for (Buffer buffer : instruction.touches()) {
          touch(buffer, new Span(now, now), loops, lives);
        }
        now++;
      }
    }
    return now;
  }

  private static int length(List<Instruction> instructions) {
    int length = 0;
    for (Instruction instruction : instructions) {
      length +=
          instruction instanceof Instruction.Loop loop ? 2 + length(Arrays.asList(loop.body())) : 1;
    }
    return length;
  }

  private static void touch(Buffer buffer, Span use, List<Span> loops, Life[] lives) {
    Span span = buffer.depth < loops.size() ? loops.get(buffer.depth) : use;
    Life life = lives[buffer.number];
    life.first = Math.min(life.first, span.first);
    life.last = Math.max(life.last, span.last);
  }

  /** The most elements that live at once: no placement can do with less. */
  private static int peak(List<Buffer> buffers, Life[] lives, Precision precision) {
    var changes = new TreeMap<Integer, Integer>();
    for (Buffer buffer : buffers) {
      int size = precision.allocation(buffer.size);
      changes.merge(lives[buffer.number].first, size, Integer::sum);
      changes.merge(lives[buffer.number].last + 1, -size, Integer::sum);
    }
    int live = 0;
    int peak = 0;
    for (int change : changes.values()) {
      live += change;
      peak = Math.max(peak, live);
    }
    return peak;
  }
}
