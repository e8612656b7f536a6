package girsanov.autodiff;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Shape;
import java.util.List;

/** Reads one result of a {@link Scan}, the only operation with several. */
public record Item(int index) implements Op {

  @Override
  public String symbol() {
    return "item " + index;
  }

  @Override
  public Shape shape(List<Shape> args) {
    throw new IllegalStateException("the shape of an item is given by its scan");
  }

  @Override
  public DoubleTensor evaluate(Shape shape, List<DoubleTensor> args) {
    throw new IllegalStateException("the items of a scan are evaluated with the scan");
  }
}
