package girsanov.tensor;

import java.util.Arrays;

/**
 * The extent of a tensor along each axis, outermost first: {@code [64, 100]} is 64 rows of 100.
 *
 * <p>A scalar has rank 0 and size 1. An extent of 0 is allowed (an empty batch); a negative one is
 * an error, and so is a size beyond {@link Integer#MAX_VALUE}, the limit of a Java array.
 */
public record Shape(int... dims) {
  private static final Shape SCALAR = new Shape();

  public Shape {
    dims = dims.clone();
    long size = 1;
    for (int dim : dims) {
      if (dim < 0) {
        throw new IllegalArgumentException(
            "Expected extents of 0 or more, got " + Arrays.toString(dims) + ".");
      }
      size *= dim;
      if (size > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "Expected at most "
                + Integer.MAX_VALUE
                + " elements (a Java array), got "
                + Arrays.toString(dims)
                + "; make one of them smaller.");
      }
    }
  }

  public static Shape of(int... dims) {
    return new Shape(dims);
  }

  public static Shape scalar() {
    return SCALAR;
  }

  public int rank() {
    return dims.length;
  }

  /** The number of elements; 1 for a scalar. */
  public int size() {
    int size = 1;
    for (int dim : dims) {
      size *= dim;
    }
    return size;
  }

  /** The extent along an axis; negative axes count from the end, so {@code dim(-1)} is the last. */
  public int dim(int axis) {
    int i = axis < 0 ? axis + dims.length : axis;
    if (i < 0 || i >= dims.length) {
      throw new IllegalArgumentException(
          "Expected an axis from "
              + -dims.length
              + " to "
              + (dims.length - 1)
              + " for shape "
              + this
              + ", got "
              + axis
              + ".");
    }
    return dims[i];
  }

  /** The distance in memory between neighbours along an axis, row-major. */
  public int stride(int axis) {
    dim(axis);
    int stride = 1;
    for (int i = (axis < 0 ? axis + dims.length : axis) + 1; i < dims.length; i++) {
      stride *= dims[i];
    }
    return stride;
  }

  /** This shape with another extent along one axis. */
  public Shape with(int axis, int extent) {
    dim(axis);
    int[] changed = dims.clone();
    changed[axis < 0 ? axis + dims.length : axis] = extent;
    return new Shape(changed);
  }

  /** This shape with one axis more; {@code axis} is its place in the result. */
  public Shape insert(int axis, int extent) {
    int[] longer = new int[dims.length + 1];
    System.arraycopy(dims, 0, longer, 0, axis);
    longer[axis] = extent;
    System.arraycopy(dims, axis, longer, axis + 1, dims.length - axis);
    return new Shape(longer);
  }

  /** This shape with one axis less. */
  public Shape without(int axis) {
    dim(axis);
    int gone = axis < 0 ? axis + dims.length : axis;
    int[] shorter = new int[dims.length - 1];
    System.arraycopy(dims, 0, shorter, 0, gone);
    System.arraycopy(dims, gone + 1, shorter, gone, shorter.length - gone);
    return new Shape(shorter);
  }

  @Override
  public int[] dims() {
    return dims.clone();
  }

  /** The position of an element in row-major order. */
  public int flatIndex(int... index) {
    if (index.length != dims.length) {
      throw new IllegalArgumentException(
          "Expected "
              + dims.length
              + " indices for shape "
              + this
              + ", got "
              + Arrays.toString(index)
              + ".");
    }
    int flat = 0;
    for (int axis = 0; axis < dims.length; axis++) {
      if (index[axis] < 0 || index[axis] >= dims[axis]) {
        throw new IndexOutOfBoundsException(
            "Expected indices inside shape " + this + ", got " + Arrays.toString(index) + ".");
      }
      flat = flat * dims[axis] + index[axis];
    }
    return flat;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(dims);
  }

  @Override
  public String toString() {
    return Arrays.toString(dims);
  }
}
