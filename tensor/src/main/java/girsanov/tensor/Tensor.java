package girsanov.tensor;

/**
 * A dense block of numbers: a view {@code (array, offset, shape)} of a Java array, row-major and
 * contiguous. Several tensors may share one array; writing through one is seen through the others.
 *
 * <p>Tensors hold numbers and do no arithmetic; arithmetic is written as expressions. Elementwise
 * kernels work on whole vector registers, so the storage behind a tensor that is handed to a kernel
 * must reach {@link Precision#pad} elements beyond its offset; {@link #zeros} allocates so. A view
 * on rows in the middle of a tensor does not own what follows it: a kernel that writes a padded
 * length through it would overwrite the next row.
 *
 * <p>All element access goes through {@code double}, exact for DOUBLE and rounded to nearest when
 * stored in FLOAT.
 */
public sealed interface Tensor permits FloatTensor, DoubleTensor {
  Shape shape();

  Precision precision();

  /** The position of the first element in the array. */
  int offset();

  /** The number of elements. */
  int size();

  /** The element at a flat, row-major position. */
  double at(int flat);

  /** Stores at a flat, row-major position. */
  void put(int flat, double value);

  void fill(double value);

  /** A tensor of its own with the same content, in storage padded to whole vectors. */
  Tensor copy();

  /**
   * Copies (and rounds, where the precisions differ) the content of a tensor of the same shape.
   *
   * @throws IllegalArgumentException if the shapes differ
   */
  void copyFrom(Tensor source);

  /**
   * Rows {@code from} (inclusive) to {@code to} (exclusive) of the first axis, as a view.
   *
   * @throws IllegalArgumentException if there is no axis, or the rows are not all inside
   */
  Tensor rows(int from, int to);

  /**
   * Row {@code i} of the first axis as a view of one rank less.
   *
   * @throws IllegalArgumentException if there is no axis, or no such row
   */
  Tensor row(int i);

  /**
   * The same elements under another shape of the same size, as a view.
   *
   * @throws IllegalArgumentException if the sizes differ
   */
  Tensor reshape(Shape shape);

  static Tensor zeros(Precision precision, Shape shape) {
    return switch (precision) {
      case FLOAT -> FloatTensor.zeros(shape);
      case DOUBLE -> DoubleTensor.zeros(shape);
    };
  }

  /** As {@link #zeros}, beginning with a cache line where {@link Precision#lead} gives that. */
  static Tensor zerosOnLines(Precision precision, Shape shape) {
    return switch (precision) {
      case FLOAT -> FloatTensor.zerosOnLines(shape);
      case DOUBLE -> DoubleTensor.zerosOnLines(shape);
    };
  }

  /**
   * A tensor with these elements, in row-major order.
   *
   * @throws IllegalArgumentException if there are more or fewer than the shape has
   */
  static Tensor of(Precision precision, Shape shape, double... values) {
    if (values.length != shape.size()) {
      throw new IllegalArgumentException(
          "Expected "
              + shape.size()
              + " values for shape "
              + shape
              + ", got "
              + values.length
              + ".");
    }
    Tensor tensor = zeros(precision, shape);
    for (int i = 0; i < values.length; i++) {
      tensor.put(i, values[i]);
    }
    return tensor;
  }

  static Tensor scalar(Precision precision, double value) {
    return of(precision, Shape.scalar(), value);
  }

  default double get(int... index) {
    return at(shape().flatIndex(index));
  }

  /** Stores one element and returns this tensor. */
  default Tensor set(double value, int... index) {
    put(shape().flatIndex(index), value);
    return this;
  }

  /** This tensor if it has that precision, else a converted copy. */
  default Tensor to(Precision precision) {
    if (precision == precision()) {
      return this;
    }
    Tensor converted = zeros(precision, shape());
    converted.copyFrom(this);
    return converted;
  }

  default double[] toArray() {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = at(i);
    }
    return values;
  }
}
