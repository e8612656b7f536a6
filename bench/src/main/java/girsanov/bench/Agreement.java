package girsanov.bench;

import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;

/** What the lessons have in common: numbers to work on, and the comparison with a plain twin. */
final class Agreement {
  private Agreement() {}

  /** That many normal numbers, the same in every run. */
  static float[] normals(long stream, int size) {
    float[] numbers = new float[size];
    Noise.normal(0, stream, 0, FloatTensor.view(numbers, 0, Shape.of(size)));
    return numbers;
  }

  /** A fast wrong answer is no answer: throws unless |actual − expected| ≤ tolerance everywhere. */
  static void check(String what, float[] expected, float[] actual, double tolerance) {
    if (expected.length != actual.length) {
      throw new IllegalStateException(
          what + ": expected " + expected.length + " elements, got " + actual.length + ".");
    }
    for (int i = 0; i < expected.length; i++) {
      check(what + ", element " + i, expected[i], actual[i], tolerance);
    }
  }

  static void check(String what, double expected, double actual, double tolerance) {
    if (!(Math.abs(actual - expected) <= tolerance)) {
      throw new IllegalStateException(
          what
              + ": expected "
              + expected
              + " within "
              + tolerance
              + ", got "
              + actual
              + "; do not believe its time before the kernel is right.");
    }
  }
}
