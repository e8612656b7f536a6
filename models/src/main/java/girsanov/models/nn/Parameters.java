package girsanov.models.nn;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a model by name. A model is a record of parameters, of further records and of
 * lists of those; a parameter's name is the path to it, in snake case, lists by index: the
 * component {@code weightHh} of the component {@code gru} of the component {@code posterior} is
 * {@code posterior.gru.weight_hh}, and these are the names in its checkpoint. Components of any
 * other type are configuration and are passed over.
 */
public final class Parameters {
  private final SequencedMap<String, Parameter> byName = new LinkedHashMap<>();
  private final Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Parameters() {}

  /**
   * All parameters of a model in the order of its record components. One that is reached twice
   * (tied weights) is listed under its first name.
   *
   * @throws IllegalArgumentException if a record is out of reach of reflection
   */
  public static SequencedMap<String, Parameter> flatten(Record model) {
    var parameters = new Parameters();
    parameters.visit("", model);
    return Collections.unmodifiableSequencedMap(parameters.byName);
  }

  /** The number of scalars a model learns. */
  public static long count(Record model) {
    return flatten(model).values().stream().mapToLong(p -> p.shape().size()).sum();
  }

  private void visit(String path, @Nullable Object part) {
    switch (part) {
      case Parameter parameter -> {
        if (seen.add(parameter)) {
          byName.put(path, parameter);
        }
      }
      case Record record -> {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          String name = snakeCase(component.getName());
          visit(path.isEmpty() ? name : path + "." + name, read(record, component));
        }
      }
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          visit(path.isEmpty() ? "" + i : path + "." + i, list.get(i));
        }
      }
      case Optional<?> optional -> optional.ifPresent(value -> visit(path, value));
      case null, default -> {}
    }
  }

  private static @Nullable Object read(Record record, RecordComponent component) {
    try {
      component.getAccessor().trySetAccessible();
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException e) {
      Class<?> type = record.getClass();
      throw new IllegalArgumentException(
          "expected a record that module girsanov.models may read, got "
              + type.getName()
              + "; make it public in an exported package, or add 'opens "
              + type.getPackageName()
              + "' to its module",
          e);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "expected an accessor that returns, got "
              + e.getCause()
              + " from "
              + component.getAccessor(),
          e);
    }
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
