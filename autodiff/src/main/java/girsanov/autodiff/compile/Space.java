package girsanov.autodiff.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An iteration space shared by several views of equal extents, with neighbouring axes merged where
 * every view allows it. {@code strides.get(v)[k]} is the step of view v along axis k.
 */
record Space(int[] dims, List<int[]> strides) {

  static Space of(int[] dims, List<int[]> strides) {
    var axes = new ArrayList<Integer>();
    for (int axis = 0; axis < dims.length; axis++) {
      if (dims[axis] != 1) {
        axes.add(axis);
      }
    }
    var mergedDims = new ArrayList<Integer>();
    var lastAxis = new ArrayList<Integer>();
    for (int axis : axes) {
      int last = mergedDims.size() - 1;
      if (last >= 0 && mergeable(strides, lastAxis.get(last), axis, dims[axis])) {
        mergedDims.set(last, mergedDims.get(last) * dims[axis]);
        lastAxis.set(last, axis);
      } else {
        mergedDims.add(dims[axis]);
        lastAxis.add(axis);
      }
    }
    var merged = new ArrayList<int[]>();
    for (int[] stride : strides) {
      merged.add(lastAxis.stream().mapToInt(axis -> stride[axis]).toArray());
    }
    return new Space(mergedDims.stream().mapToInt(Integer::intValue).toArray(), merged);
  }

  /** Whether stepping the outer axis once equals stepping the inner one over its whole extent. */
  private static boolean mergeable(List<int[]> strides, int outer, int inner, int extent) {
    for (int[] stride : strides) {
      if (stride[outer] != stride[inner] * extent) {
        return false;
      }
    }
    return true;
  }

  /**
   * The axis before the last two as one with the next, whose extent is then the period of views
   * that start again at each index: those must be blocks whose elements stand in a row. Null if
   * there is a view that neither goes on nor starts again.
   */
  @Nullable Space folded() {
    int last = dims.length - 1;
    if (last < 2) {
      return null;
    }
    var folded = new ArrayList<int[]>();
    for (int[] stride : strides) {
      boolean block = stride[last] == 1 && stride[last - 1] == dims[last];
      boolean again = stride[last - 2] == 0 && block;
      boolean on = stride[last - 2] == stride[last - 1] * dims[last - 1];
      if (!again && !(on && (stride[last - 1] != 0 || stride[last] == 0))) {
        return null;
      }
      int[] kept = Arrays.copyOf(stride, last);
      kept[last - 2] = again ? 0 : stride[last - 1];
      kept[last - 1] = stride[last];
      folded.add(kept);
    }
    int[] merged = Arrays.copyOf(dims, last);
    merged[last - 2] = dims[last - 2] * dims[last - 1];
    merged[last - 1] = dims[last];
    return new Space(merged, folded);
  }

  /** At least {@code rank} axes, by axes of extent 1 in front. */
  Space atLeast(int rank) {
    if (dims.length >= rank) {
      return this;
    }
    return new Space(
        prepend(dims, rank, 1), strides.stream().map(s -> prepend(s, rank, 0)).toList());
  }

  private static int[] prepend(int[] values, int rank, int filler) {
    var longer = new int[rank];
    int added = rank - values.length;
    Arrays.fill(longer, 0, added, filler);
    System.arraycopy(values, 0, longer, added, values.length);
    return longer;
  }
}
