package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/** A value that is known when the graph is built. Compared by the identity of its tensor. */
public record Constant(DoubleTensor value) implements Op {

  @Override
  public String symbol() {
    return value.shape().rank() == 0 ? Double.toString(value.at(0)) : "constant";
  }

  @Override
  public Shape shape(List<Shape> args) {
    return value.shape();
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Constant(var that)
        && (value == that || (isScalar() && that.shape().rank() == 0 && sameBits(that)));
  }

  @Override
  public int hashCode() {
    return isScalar() ? Double.hashCode(value.at(0)) : System.identityHashCode(value);
  }

  private boolean isScalar() {
    return value.shape().rank() == 0;
  }

  private boolean sameBits(DoubleTensor that) {
    return Double.doubleToLongBits(value.at(0)) == Double.doubleToLongBits(that.at(0));
  }
}
