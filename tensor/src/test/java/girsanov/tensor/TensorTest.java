package girsanov.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
  @ParameterizedTest
  @EnumSource
  void storesRowByRow(Precision precision) {
    Tensor x = Tensor.of(precision, Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
    assertEquals(6, x.get(1, 2));
    assertEquals(4, x.at(3));
    x.set(7, 0, 1).put(5, 8);
    assertArrayEquals(new double[] {1, 7, 3, 4, 5, 8}, x.toArray());
    assertEquals(2.5, Tensor.scalar(precision, 2.5).get());
    assertThrows(IndexOutOfBoundsException.class, () -> x.at(6));
    assertThrows(IndexOutOfBoundsException.class, () -> x.put(-1, 0));
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(precision, Shape.of(2), 1));
  }

  @ParameterizedTest
  @EnumSource
  void viewsShareTheirStorage(Precision precision) {
    Tensor x = Tensor.of(precision, Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    x.row(1).put(0, 30);
    x.rows(1, 3).set(60, 1, 1);
    x.reshape(Shape.of(6)).put(0, 10);
    assertArrayEquals(new double[] {10, 2, 30, 4, 5, 60}, x.toArray());
    assertEquals(Shape.of(2), x.row(2).shape());
    assertEquals(Shape.of(0, 2), x.rows(3, 3).shape());
    assertThrows(IllegalArgumentException.class, () -> x.row(3));
    assertThrows(IllegalArgumentException.class, () -> x.rows(2, 4));
    assertThrows(IllegalArgumentException.class, () -> x.reshape(Shape.of(5)));
    assertThrows(IllegalArgumentException.class, () -> Tensor.scalar(precision, 1).row(0));
  }

  @ParameterizedTest
  @EnumSource
  void copiesAreTheirOwn(Precision precision) {
    Tensor x = Tensor.of(precision, Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
    Tensor copy = x.rows(1, 3).copy();
    x.fill(0);
    assertArrayEquals(new double[] {3, 4, 5, 6}, copy.toArray());
    x.copyFrom(Tensor.of(Precision.DOUBLE, Shape.of(3, 2), 6, 5, 4, 3, 2, 1));
    assertEquals(5, x.at(1));
    assertThrows(IllegalArgumentException.class, () -> x.copyFrom(copy));
  }

  @ParameterizedTest
  @EnumSource
  void storageReachesThePad(Precision precision) {
    for (int n = 1; n < 40; n++) {
      int length =
          switch (Tensor.zeros(precision, Shape.of(n))) {
            case FloatTensor x -> x.array().length;
            case DoubleTensor x -> x.array().length;
          };
      assertEquals(precision.allocation(n), length);
      assertTrue(length >= precision.pad(n));
    }
  }

  @ParameterizedTest
  @EnumSource
  void convertsByRounding(Precision precision) {
    Tensor x = Tensor.of(Precision.DOUBLE, Shape.of(2), 0.1, 1e300);
    Tensor y = x.to(precision);
    assertEquals(precision, y.precision());
    if (precision == Precision.DOUBLE) {
      assertSame(x, y);
    } else {
      assertNotSame(x, y);
      assertEquals((double) 0.1f, y.at(0));
      assertEquals(Double.POSITIVE_INFINITY, y.at(1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void prints(Precision precision) {
    assertEquals(
        precision + " [2] {1.5, 2.0}", Tensor.of(precision, Shape.of(2), 1.5, 2).toString());
    assertEquals(
        precision + " [33] {" + "0.0, ".repeat(32) + "...}",
        Tensor.zeros(precision, Shape.of(33)).toString());
  }

  @ParameterizedTest
  @EnumSource
  void refusesAViewBeyondItsArray(Precision precision) {
    assertThrows(
        IllegalArgumentException.class,
        () -> {
          switch (precision) {
            case FLOAT -> FloatTensor.view(new float[5], 2, Shape.of(4));
            case DOUBLE -> DoubleTensor.view(new double[5], -1, Shape.of(4));
          }
        });
  }
}
