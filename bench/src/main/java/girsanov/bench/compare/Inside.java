package girsanov.bench.compare;

import java.util.Arrays;
import java.util.Objects;

/**
 * Parts of a trainer that are nobody's business but a profiler's. On the class path nothing is
 * hidden from reflection; a part that has another name by now is an error at once.
 */
final class Inside {
  private Inside() {}

  /** The part of an object that its field of this name holds. */
  static Object field(Object object, String name) {
    try {
      var field = object.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return Objects.requireNonNull(field.get(object));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(object.getClass() + " has changed: follow it here", e);
    }
  }

  /** Calls the method of this name, of which there is one with so many parameters. */
  static Object call(Object object, String name, Object... arguments) {
    try {
      var method =
          Arrays.stream(object.getClass().getDeclaredMethods())
              .filter(m -> m.getName().equals(name) && m.getParameterCount() == arguments.length)
              .findFirst()
              .orElseThrow(NoSuchMethodException::new);
      method.setAccessible(true);
      Object result = method.invoke(object, arguments);
      return result == null ? object : result;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(object.getClass() + " has changed: follow it here", e);
    }
  }
}
