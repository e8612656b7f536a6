package girsanov.autodiff.compile;

import girsanov.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a reduction over any set of axes into reductions over the rows or the columns of matrices,
 * the innermost reduced axes first.
 */
final class ReduceBuilder {
  private final Lower lower;
  private final boolean max;

  ReduceBuilder(Lower lower, boolean max) {
    this.lower = lower;
    this.max = max;
  }

  /** Neighbouring axes that are all kept or all reduced and can be walked as one. */
  private record Axis(int extent, int stride, boolean reduced) {}

  void emit(View x, boolean[] reduced, View to) {
    List<Axis> axes = merge(x, reduced);
    int last = axes.size() - 1;
    while (last >= 0 && !axes.get(last).reduced) {
      last--;
    }
    if (last < 0) {
      lower.copy(new View(x.buffer(), x.offset(), extents(axes), strides(axes)), flat(to, axes));
    } else if (axes.getLast().stride != 1) {
      View straight = View.contiguous(lower.arena(x.size()), new Shape(x.dims()));
      lower.copy(x, straight);
      emit(straight, reduced, to);
    } else if (axes.stream().filter(Axis::reduced).count() == 1) {
      emitOne(x, axes, last, to);
    } else {
      var kept = new ArrayList<>(axes);
      kept.remove(last);
      Shape shape = new Shape(extents(kept));
      View partial = View.contiguous(lower.arena(shape.size()), shape);
      emitOne(x, axes, last, partial);
      var rest = new boolean[kept.size()];
      for (int i = 0; i < rest.length; i++) {
        rest[i] = kept.get(i).reduced;
      }
      emit(partial, rest, to);
    }
  }

  /** Reduces one axis: over columns if it is the innermost, else over rows. */
  private void emitOne(View x, List<Axis> axes, int at, View to) {
    boolean overRows = at != axes.size() - 1;
    int partner = overRows ? axes.size() - 1 : at - 1;
    Axis reduced = axes.get(at);
    Axis other = partner < 0 ? new Axis(1, 0, false) : axes.get(partner);
    int[] target = View.rowMajor(extents(without(axes, at)));
    var outer = new ArrayList<Axis>();
    var outerTarget = new ArrayList<Integer>();
    for (int i = 0, kept = 0; i < axes.size(); i++) {
      if (i != at) {
        if (i != partner) {
          outer.add(axes.get(i));
          outerTarget.add(target[kept]);
        }
        kept++;
      }
    }
    Axis rows = overRows ? reduced : other;
    Axis columns = overRows ? other : reduced;
    lower.instructions.add(
        new Instruction.Reduce(
            max,
            overRows,
            extents(outer),
            rows.extent,
            columns.extent,
            new Instruction.Operand(x.buffer(), x.offset(), strides(outer), rows.stride, 1),
            new Instruction.Operand(
                to.buffer(),
                to.offset(),
                outerTarget.stream().mapToInt(Integer::intValue).toArray(),
                1,
                1)));
  }

  private static List<Axis> merge(View x, boolean[] reduced) {
    var axes = new ArrayList<Axis>();
    for (int i = 0; i < reduced.length; i++) {
      if (x.dims()[i] != 1) {
        var axis = new Axis(x.dims()[i], x.strides()[i], reduced[i]);
        Axis before = axes.isEmpty() ? null : axes.getLast();
        if (before != null
            && before.reduced == axis.reduced
            && before.stride == axis.stride * axis.extent) {
          axes.removeLast();
          axis = new Axis(before.extent * axis.extent, axis.stride, axis.reduced);
        }
        axes.add(axis);
      }
    }
    return axes;
  }

  private static List<Axis> without(List<Axis> axes, int at) {
    var rest = new ArrayList<>(axes);
    rest.remove(at);
    return rest;
  }

  private static View flat(View to, List<Axis> axes) {
    return new View(to.buffer(), to.offset(), extents(axes), View.rowMajor(extents(axes)));
  }

  private static int[] extents(List<Axis> axes) {
    return axes.stream().mapToInt(Axis::extent).toArray();
  }

  private static int[] strides(List<Axis> axes) {
    return axes.stream().mapToInt(Axis::stride).toArray();
  }
}
