package girsanov.autodiff.compile;

import girsanov.autodiff.Linear;
import girsanov.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A strided window on a buffer: element (i₀, i₁, …) stands at offset + Σ iₖ·strideₖ. Slices,
 * transposes, broadcasts (stride 0), reversals (negative stride) and most reshapes are views.
 */
record View(Buffer buffer, int offset, int[] dims, int[] strides) {

  static View contiguous(Buffer buffer, Shape shape) {
    return new View(buffer, 0, shape.dims(), rowMajor(shape.dims()));
  }

  static int[] rowMajor(int[] dims) {
    var strides = new int[dims.length];
    int stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strides;
  }

  int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }

  boolean isContiguous() {
    int expected = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      if (dims[i] != 1 && strides[i] != expected) {
        return false;
      }
      expected *= dims[i];
    }
    return true;
  }

  /** Whether neighbours along the last axis longer than 1 are neighbours in memory. */
  boolean isInnermostInARow() {
    return innermostStride() == 1;
  }

  /** Whether all elements along the last axis longer than 1 are the same one. */
  boolean isInnermostConstant() {
    return innermostStride() == 0;
  }

  private int innermostStride() {
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      if (dims[axis] != 1) {
        return strides[axis];
      }
    }
    return 1;
  }

  /** The view in a shape that has further axes, along which it stays in its place. */
  View repeated(Shape shape, List<Integer> furtherAxes) {
    var longer = new int[shape.rank()];
    int kept = 0;
    for (int axis = 0; axis < longer.length; axis++) {
      longer[axis] = furtherAxes.contains(axis) ? 0 : strides[kept++];
    }
    return new View(buffer, offset, shape.dims(), longer);
  }

  /** Whether two views of equal extents are the same elements in the same order. */
  boolean samePlace(View other) {
    return buffer.equals(other.buffer)
        && offset == other.offset
        && Arrays.equals(strides, other.strides);
  }

  /** The value that all elements have, if it is known when compiling, else NaN. */
  double splat() {
    var constant = buffer.constant;
    return constant != null && constant.size() == 1 ? constant.at(0) : Double.NaN;
  }

  /** The view that a linear operation makes of this one; null if it has to move elements. */
  @Nullable View through(Linear op, Shape result) {
    return switch (op) {
      case Linear.Reshape _ -> reshape(result.dims());
      case Linear.Broadcast _ -> broadcast(result.dims());
      case Linear.Transpose(var order) -> transpose(order);
      case Linear.Slice(int axis, int from, int _) ->
          new View(buffer, offset + from * strides[axis], result.dims(), strides);
      case Linear.Reverse(int axis) -> reverse(axis);
      case Linear.Sum _, Linear.Pad _, Linear.Concat _ -> null;
    };
  }

  private View broadcast(int[] to) {
    var wider = new int[to.length];
    int added = to.length - dims.length;
    for (int i = 0; i < dims.length; i++) {
      wider[added + i] = dims[i] == 1 && to[added + i] != 1 ? 0 : strides[i];
    }
    return new View(buffer, offset, to, wider);
  }

  private View transpose(List<Integer> order) {
    var d = new int[dims.length];
    var s = new int[dims.length];
    for (int i = 0; i < d.length; i++) {
      d[i] = dims[order.get(i)];
      s[i] = strides[order.get(i)];
    }
    return new View(buffer, offset, d, s);
  }

  private View reverse(int axis) {
    var s = strides.clone();
    s[axis] = -s[axis];
    return new View(buffer, offset + (dims[axis] - 1) * strides[axis], dims, s);
  }

  /** Element t of axis 0, which disappears. */
  View dropFirst(Buffer pointer) {
    return new View(
        pointer,
        0,
        Arrays.copyOfRange(dims, 1, dims.length),
        Arrays.copyOfRange(strides, 1, strides.length));
  }

  /** The same elements under other extents, if strides can express it. */
  @Nullable View reshape(int[] to) {
    if (size() == 0) {
      return new View(buffer, offset, to, rowMajor(to));
    }
    var s = new int[to.length];
    int i = 0;
    int j = 0;
    while (i < dims.length || j < to.length) {
      // Match the shortest run of old axes with the shortest run of new axes of the same size.
      int i0 = i;
      int j0 = j;
      long old = i < dims.length ? dims[i++] : 1;
      long now = j < to.length ? to[j++] : 1;
      while (old != now) {
        if (old < now) {
          old *= dims[i++];
        } else {
          now *= to[j++];
        }
      }
      while (i < dims.length && dims[i] == 1) {
        i++;
      }
      int stride = mergedStride(i0, i);
      if (stride == Integer.MIN_VALUE) {
        return null;
      }
      for (int k = j - 1; k >= j0; k--) {
        s[k] = stride;
        stride *= to[k];
      }
    }
    return new View(buffer, offset, to, s);
  }

  /** The stride of axes from..to taken as one; MIN_VALUE if they are no arithmetic sequence. */
  private int mergedStride(int from, int to) {
    int stride = Integer.MIN_VALUE;
    int expected = 0;
    for (int k = to - 1; k >= from; k--) {
      if (dims[k] == 1) {
        continue;
      }
      if (stride == Integer.MIN_VALUE) {
        stride = strides[k];
        expected = stride;
      } else if (strides[k] != expected) {
        return Integer.MIN_VALUE;
      }
      expected *= dims[k];
    }
    return stride == Integer.MIN_VALUE ? 0 : stride;
  }

  @Override
  public String toString() {
    String place = buffer + (offset == 0 ? "" : "+" + offset);
    return isContiguous()
        ? place + Arrays.toString(dims)
        : place + Arrays.toString(dims) + "/" + Arrays.toString(strides);
  }
}
