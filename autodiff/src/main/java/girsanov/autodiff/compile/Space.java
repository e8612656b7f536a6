package girsanov.autodiff.compile;

import java.util.ArrayList;
import java.util.List;

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
    java.util.Arrays.fill(longer, 0, added, filler);
    System.arraycopy(values, 0, longer, added, values.length);
    return longer;
  }
}
