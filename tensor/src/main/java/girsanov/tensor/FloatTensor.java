package girsanov.tensor;

import java.util.Arrays;
import java.util.Objects;

/** A {@link Tensor} over a {@code float[]}. */
public final class FloatTensor implements Tensor {
  /** {@link #toString} prints this many elements and then an ellipsis. */
  private static final int PRINTED = 32;

  private final float[] array;
  private final int offset;
  private final int size;
  private final Shape shape;

  private FloatTensor(float[] array, int offset, Shape shape) {
    this.array = array;
    this.offset = offset;
    this.shape = shape;
    this.size = shape.size();
  }

  public static FloatTensor zeros(Shape shape) {
    return new FloatTensor(new float[Precision.FLOAT.allocation(shape.size())], 0, shape);
  }

  /** As {@link #zeros}, beginning with a cache line where {@link Precision#lead} gives that. */
  public static FloatTensor zerosOnLines(Shape shape) {
    int lead = Precision.FLOAT.lead();
    int length = Math.addExact(lead, Precision.FLOAT.allocation(shape.size()));
    return new FloatTensor(new float[length], lead, shape);
  }

  /** The elements of {@code array} from {@code offset} on, not copied. */
  public static FloatTensor view(float[] array, int offset, Shape shape) {
    if (offset < 0 || (long) offset + shape.size() > array.length) {
      throw new IllegalArgumentException(
          "Expected shape "
              + shape
              + " at offset "
              + offset
              + " to lie inside the array, got an array of "
              + array.length
              + " elements.");
    }
    return new FloatTensor(array, offset, shape);
  }

  /** The storage itself, not a copy. */
  public float[] array() {
    return array;
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public Precision precision() {
    return Precision.FLOAT;
  }

  @Override
  public int offset() {
    return offset;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public double at(int flat) {
    return array[offset + Objects.checkIndex(flat, size)];
  }

  @Override
  public void put(int flat, double value) {
    array[offset + Objects.checkIndex(flat, size)] = (float) value;
  }

  @Override
  public void fill(double value) {
    Arrays.fill(array, offset, offset + size, (float) value);
  }

  @Override
  public FloatTensor copy() {
    FloatTensor copy = zeros(shape);
    System.arraycopy(array, offset, copy.array, 0, size);
    return copy;
  }

  @Override
  public void copyFrom(Tensor source) {
    if (!source.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "Expected a source of shape " + shape + ", got " + source.shape() + ".");
    }
    switch (source) {
      case FloatTensor same -> System.arraycopy(same.array, same.offset, array, offset, size);
      default -> {
        for (int i = 0; i < size; i++) {
          array[offset + i] = (float) source.at(i);
        }
      }
    }
  }

  @Override
  public FloatTensor rows(int from, int to) {
    if (shape.rank() == 0 || from < 0 || from > to || to > shape.dim(0)) {
      throw new IllegalArgumentException(
          "Expected rows inside shape " + shape + ", got " + from + " to " + to + ".");
    }
    int[] dims = shape.dims();
    dims[0] = to - from;
    return new FloatTensor(array, offset + from * rowSize(), new Shape(dims));
  }

  @Override
  public FloatTensor row(int i) {
    if (shape.rank() == 0 || i < 0 || i >= shape.dim(0)) {
      throw new IllegalArgumentException(
          "Expected a row inside shape " + shape + ", got " + i + ".");
    }
    int[] dims = shape.dims();
    Shape rest = new Shape(Arrays.copyOfRange(dims, 1, dims.length));
    return new FloatTensor(array, offset + i * rowSize(), rest);
  }

  @Override
  public FloatTensor reshape(Shape other) {
    if (other.size() != size) {
      throw new IllegalArgumentException(
          "Expected a shape of "
              + size
              + " elements in place of "
              + shape
              + ", got "
              + other
              + ".");
    }
    return new FloatTensor(array, offset, other);
  }

  @Override
  public String toString() {
    var text = new StringBuilder("FLOAT ").append(shape).append(" {");
    for (int i = 0; i < Math.min(size, PRINTED); i++) {
      text.append(i == 0 ? "" : ", ").append(array[offset + i]);
    }
    return text.append(size > PRINTED ? ", ...}" : "}").toString();
  }

  private int rowSize() {
    return shape.dim(0) == 0 ? 0 : size / shape.dim(0);
  }
}
