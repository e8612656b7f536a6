package girsanov.autodiff.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Jvp;
import girsanov.autodiff.Linear;
import girsanov.autodiff.Scan;
import girsanov.autodiff.Vjp;
import girsanov.tensor.Shape;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A user's mistake is shown with the shapes, the user's line, and where the operands were made. */
class ShapeErrorTest {
  private final Expr a = Expr.input("a", 2, 3);
  private final int madeA = lineAbove();
  private final Expr b = Expr.input("b", 4);
  private final int madeB = lineAbove();

  private static int lineAbove() {
    return lineOfCaller(2) - 1;
  }

  private static int lineOfCaller(int depth) {
    return StackWalker.getInstance()
        .walk(frames -> frames.skip(depth).findFirst().orElseThrow())
        .getLineNumber();
  }

  /** The message starts as expected, and then names the line of the mistake. */
  private static void assertError(String expected, Supplier<?> mistake) {
    int line = lineOfCaller(2);
    var e = assertThrows(IllegalArgumentException.class, mistake::get);
    String here = ", at ShapeErrorTest.java:";
    assertTrue(e.getMessage().startsWith(expected + here), e.getMessage());
    String rest = e.getMessage().substring((expected + here).length());
    int named = Integer.parseInt(rest.split("\\D", 2)[0]);
    assertTrue(line <= named && named <= line + 2, e.getMessage());
  }

  @Test
  void namesShapesLineAndOrigins() {
    var e = assertThrows(IllegalArgumentException.class, () -> a.plus(b));
    int line = lineAbove();
    assertEquals(
        "plus: expected shapes whose axes are equal or 1, aligned at the last axis, "
            + "got [[2, 3], [4]], at ShapeErrorTest.java:"
            + line
            + "; [2, 3] was made at ShapeErrorTest.java:"
            + madeA
            + "; [4] was made at ShapeErrorTest.java:"
            + madeB
            + "; reshape or insertAxis one of them",
        e.getMessage());
    assertEquals("ShapeErrorTest.java:" + madeA, a.where());
  }

  @Test
  void products() {
    String expected = "matmul: expected [.., m, k] times [.., k, n] with equal leading axes, got ";
    Expr c = Expr.input("c", 5, 2, 3);
    assertError(expected + "[[2, 3], [2, 3]]", () -> a.matmul(a));
    assertError(expected + "[[2, 3], [4]]", () -> a.matmul(b));
    assertError(expected + "[[5, 2, 3], [2, 3]]", () -> c.matmul(a));
    assertError(expected + "[[2, 3], [5, 2, 3]]", () -> a.matmul(c));
  }

  @Test
  void axes() {
    assertError("expected an axis from -2 to 1 for [2, 3], got 2", () -> a.sum(2));
    assertError("expected an axis from -2 to 1 for [2, 3], got -3", () -> a.max(-3));
    assertError("expected an axis from -3 to 2 for [2, 3], got 3", () -> a.insertAxis(3));
    assertError("expected an axis from -1 to 0 for [4], got -2", () -> b.transpose());
    var order = new Linear.Transpose(List.of(0, 0));
    assertError(
        "transpose: expected an order of the axes of [2, 3], got [0, 0]",
        () -> Expr.of(order, List.of(a)));
  }

  @Test
  void moving() {
    assertError(
        "reshape: expected a shape of 6 elements as in [2, 3], got [4] of 4", () -> a.reshape(4));
    assertError("broadcast: cannot repeat [4] to [2, 3]", () -> b.broadcastTo(a.shape()));
    assertError(
        "slice: expected 0 <= from <= to <= 3 on axis 1 of [2, 3], got 2:4",
        () -> a.slice(1, 2, 4));
    assertError(
        "slice: expected 0 <= from <= to <= 4 on axis 0 of [4], got -1:0", () -> b.get(0, -1));
    assertError("pad: expected widths of 0 or more, got -1 and 1", () -> b.pad(0, -1, 1));
    assertError("concat: expected parts, got none", () -> Expr.concat(0, List.of()));
    assertError(
        "concat: expected shapes that differ on axis 0 only, got [[2, 3], [4]]",
        () -> Expr.concat(0, List.of(a, b)));
    assertError(
        "max: expected at least one element along axis 0, got [0]",
        () -> Expr.zeros(new Shape(0)).max(0));
  }

  @Test
  void derivatives() {
    assertError("gradient: expected a scalar loss, got [4]", () -> Vjp.gradient(b, List.of(b)));
    assertError(
        "jvp: expected derivatives of the shapes [[4]], got [[2, 3]]",
        () -> Jvp.of(List.of(b), List.of(b), List.of(a)));
    assertError(
        "vjp: expected derivatives of the shapes [[4]], got []",
        () -> Vjp.of(List.of(b), List.of(), List.of(b)));
  }

  @Test
  void loops() {
    assertError(
        "scan: expected xs of 3 steps along axis 0, got [4]",
        () -> Scan.of(3, List.of(a), List.of(b), false, (c, _) -> c));
    assertError(
        "scan: expected carry 0 to keep its shape [4], got [2, 3]",
        () -> Scan.of(3, List.of(b), List.of(), false, (_, _) -> List.of(a)));
    assertError(
        "scan: expected the step to return its carries, 1 or more, got 2 of 1",
        () -> Scan.of(3, List.of(b), List.of(), false, (c, _) -> List.of(b, b)));
    assertError(
        "scan: expected at least 1 step, got 0",
        () -> Scan.of(0, List.of(b), List.of(), false, (c, _) -> c));
    assertError(
        "scan: expected stacked xs or a length, got neither",
        () -> Scan.of(List.of(b), List.of(), false, (c, _) -> c));
  }
}
