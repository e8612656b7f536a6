package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/** A value given from outside: data, noise, a parameter, or the carry of a {@link Scan}'s body. */
public record Input(String name, Shape declared) implements Op {

  @Override
  public String symbol() {
    return name;
  }

  @Override
  public Shape shape(List<Shape> args) {
    return declared;
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    throw new IllegalStateException("input '" + name + "' has no value: bind it before running");
  }
}
