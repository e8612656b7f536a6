package girsanov.autodiff.compile;

import girsanov.tensor.DoubleTensor;
import org.jspecify.annotations.Nullable;

/**
 * A place for numbers, known to instructions by its number. ARENA buffers get an offset in the one
 * work array from {@link Plan}; INPUT and OUTPUT are bound from outside; CONSTANT holds a tensor of
 * the graph; a POINTER is moved by the loop it belongs to, over slices and carries.
 */
final class Buffer {
  enum Kind {
    ARENA,
    INPUT,
    OUTPUT,
    CONSTANT,
    POINTER
  }

  final int number;
  final Kind kind;

  /** Elements, for ARENA; the index of the input or output, for INPUT and OUTPUT. */
  final int size;

  final @Nullable DoubleTensor constant;

  /** Nesting of the loop that the buffer lives in; 0 outside all loops. */
  final int depth;

  Buffer(int number, Kind kind, int size, int depth, @Nullable DoubleTensor constant) {
    this.number = number;
    this.kind = kind;
    this.size = size;
    this.depth = depth;
    this.constant = constant;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case ARENA -> "b" + number;
      case INPUT -> "in" + size;
      case OUTPUT -> "out" + size;
      case CONSTANT -> "c" + number;
      case POINTER -> "*" + number;
    };
  }
}
