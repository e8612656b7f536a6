package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {
  @Test
  void isAValue() {
    int[] dims = {64, 100};
    Shape shape = new Shape(dims);
    dims[0] = 7;
    shape.dims()[1] = 7;
    assertEquals(Shape.of(64, 100), shape);
    assertEquals(Shape.of(64, 100).hashCode(), shape.hashCode());
    assertNotEquals(Shape.of(100, 64), shape);
    assertEquals("[64, 100]", shape.toString());
  }

  @Test
  void hasASize() {
    assertEquals(1, Shape.scalar().size());
    assertEquals(0, Shape.scalar().rank());
    assertEquals(24, Shape.of(2, 3, 4).size());
    assertEquals(0, Shape.of(5, 0).size());
  }

  @Test
  void axesCountFromBothEnds() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(2, shape.dim(0));
    assertEquals(4, shape.dim(-1));
    assertEquals(2, shape.dim(-3));
    assertThrows(IllegalArgumentException.class, () -> shape.dim(3));
    assertThrows(IllegalArgumentException.class, () -> shape.dim(-4));
  }

  @Test
  void refusesWhatNoArrayHolds() {
    assertThrows(IllegalArgumentException.class, () -> Shape.of(3, -1));
    assertThrows(IllegalArgumentException.class, () -> Shape.of(1 << 16, 1 << 16));
    assertThrows(
        IllegalArgumentException.class, () -> Shape.of(1 << 30, 1 << 30, 1 << 30, 1 << 30));
  }

  @Test
  void flattensRowByRow() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(23, shape.flatIndex(1, 2, 3));
    assertEquals(0, Shape.scalar().flatIndex());
    assertThrows(IndexOutOfBoundsException.class, () -> shape.flatIndex(1, 3, 0));
    assertThrows(IllegalArgumentException.class, () -> shape.flatIndex(1, 3));
  }
}
