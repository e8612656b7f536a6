package girsanov.cli.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A record of settings as keys and values: a component is a key, components of nested records are
 * keys after a dot ({@code model.hidden}). Values are numbers, switches, words, and enum constants,
 * which are written as words in lower case ({@code time-reversed}).
 */
public final class Settings {
  private Settings() {}

  /** All keys and values, in order. */
  public static SequencedMap<String, Object> flatten(Record settings) {
    var values = new LinkedHashMap<String, Object>();
    flatten("", settings, values);
    return Collections.unmodifiableSequencedMap(values);
  }

  /**
   * The same settings but for one.
   *
   * @throws UserException if there is no such key, or the value does not fit it
   */
  public static <R extends Record> R with(R settings, String key, String value) {
    List<String> known = List.copyOf(flatten(settings).keySet());
    if (!known.contains(key)) {
      throw UserException.usage("unknown setting '" + key + "': " + Nearest.suggestion(key, known));
    }
    return replace(settings, "", key, value);
  }

  /**
   * The same settings but for some.
   *
   * @param changes each {@code key=value}
   */
  public static <R extends Record> R with(R settings, List<String> changes) {
    R result = settings;
    for (String change : changes) {
      int equals = change.indexOf('=');
      if (equals < 1) {
        throw UserException.usage("--set: expected KEY=VALUE, got '" + change + "'");
      }
      String key = change.substring(0, equals).strip();
      result = with(result, key, change.substring(equals + 1).strip());
    }
    return result;
  }

  /**
   * Settings of the same kind with all values given as text.
   *
   * @throws UserException if one is missing, unknown, or does not fit
   */
  public static <R extends Record> R all(R settings, Map<String, String> values) {
    Set<String> known = flatten(settings).keySet();
    for (String key : known) {
      if (!values.containsKey(key)) {
        throw UserException.usage("no value for '" + key + "'");
      }
    }
    R result = settings;
    for (var entry : values.entrySet()) {
      result = with(result, entry.getKey(), entry.getValue());
    }
    return result;
  }

  /** The words that a setting can be changed to, by the keys of those that are words. */
  public static Map<String, List<String>> choices(Record settings) {
    var choices = new LinkedHashMap<String, List<String>>();
    choices("", settings, choices);
    return choices;
  }

  /**
   * The constant that a word on the command line names.
   *
   * @param option whose value it is
   * @throws UserException if there is none
   */
  public static <E extends Enum<E>> E choice(String option, String text, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (word(constant).equals(text)) {
        return constant;
      }
    }
    throw UserException.usage(option + ": expected one of " + words(type) + ", got '" + text + "'");
  }

  private static void choices(String prefix, Record settings, Map<String, List<String>> choices) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String key = prefix + component.getName();
      if (read(settings, component) instanceof Record nested) {
        choices(key + ".", nested, choices);
      } else if (component.getType() == boolean.class || component.getType().isEnum()) {
        choices.put(key, words(component.getType()));
      }
    }
  }

  private static List<String> words(Class<?> type) {
    List<?> all =
        type == boolean.class ? List.of(true, false) : Arrays.asList(type.getEnumConstants());
    return all.stream().map(Settings::title).toList();
  }

  /** An enum constant as it is written on the command line. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void flatten(String prefix, Record settings, SequencedMap<String, Object> values) {
    for (RecordComponent component : settings.getClass().getRecordComponents()) {
      String key = prefix + component.getName();
      switch (read(settings, component)) {
        case Record nested -> flatten(key + ".", nested, values);
        case Enum<?> constant -> values.put(key, word(constant));
        case Object value -> values.put(key, value);
      }
    }
  }

  private static <R extends Record> R replace(R settings, String prefix, String key, String text) {
    RecordComponent[] components = settings.getClass().getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String name = prefix + components[i].getName();
      Object value = read(settings, components[i]);
      if (name.equals(key)) {
        value = parse(components[i].getType(), key, text);
      } else if (value instanceof Record nested && key.startsWith(name + ".")) {
        value = replace(nested, name + ".", key, text);
      }
      values[i] = value;
    }
    return create(settings, components, values, key, text);
  }

  private static Object parse(Class<?> type, String key, String text) {
    try {
      if (type == int.class) {
        return Integer.valueOf(text);
      } else if (type == long.class) {
        return Long.valueOf(text);
      } else if (type == double.class) {
        double value = Double.parseDouble(text);
        if (Double.isNaN(value)) {
          throw new NumberFormatException();
        }
        return value;
      } else if (type == String.class) {
        return text;
      }
    } catch (NumberFormatException _) {
      throw bad(key, type == double.class ? "a number" : whole(type, text), text);
    }
    List<?> choices =
        type == boolean.class ? List.of(true, false) : Arrays.asList(type.getEnumConstants());
    for (Object choice : choices) {
      if (title(choice).equals(text)) {
        return choice;
      }
    }
    throw bad(key, "one of " + words(type), text);
  }

  /** Of a number that is whole, why it is not taken. */
  private static String whole(Class<?> type, String text) {
    if (!text.matches("[-+]?\\d+")) {
      return "a whole number";
    }
    return type == int.class
        ? "a whole number between %d and %d".formatted(Integer.MIN_VALUE, Integer.MAX_VALUE)
        : "a whole number between %d and %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static String title(Object choice) {
    return choice instanceof Enum<?> constant ? word(constant) : choice.toString();
  }

  private static UserException bad(String key, String expected, String text) {
    return UserException.usage("--set " + key + ": expected " + expected + ", got '" + text + "'");
  }

  private static Object read(Record settings, RecordComponent component) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("settings must be a public record: " + settings, e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <R extends Record> R create(
      R settings, RecordComponent[] components, Object[] values, String key, String text) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return (R) settings.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw UserException.usage("--set " + key + "=" + text + ": " + refused.getMessage());
      }
      throw new IllegalStateException("expected settings to be taken or refused", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("settings must be a public record: " + settings, e);
    }
  }
}
