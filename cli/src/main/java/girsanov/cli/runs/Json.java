package girsanov.cli.runs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Flat JSON objects: keys with numbers, switches or words. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** As text with a line for each key. A number that is not finite, which JSON has not, is null. */
  public static byte[] write(Map<String, ?> values) {
    var bytes = new ByteArrayOutputStream();
    try (var json = FACTORY.createGenerator(bytes)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      for (var entry : values.entrySet()) {
        json.writeFieldName(entry.getKey());
        switch (entry.getValue()) {
          case Double value when !Double.isFinite(value) -> json.writeNull();
          case Double value -> json.writeNumber(value);
          case Long value -> json.writeNumber(value);
          case Integer value -> json.writeNumber(value);
          case Boolean value -> json.writeBoolean(value);
          case Object value -> json.writeString(value.toString());
        }
      }
      json.writeEndObject();
      json.flush();
      bytes.write('\n');
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  /**
   * The keys of a flat object and their values as text.
   *
   * @throws IOException if it is something else
   */
  public static SequencedMap<String, String> read(byte[] bytes) throws IOException {
    var values = new LinkedHashMap<String, String>();
    try (JsonParser json = FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected an object in braces");
      }
      for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
        if (!json.nextToken().isScalarValue()) {
          throw new IOException("expected a number, switch or word for '" + key + "'");
        }
        values.put(key, json.getText());
      }
      if (json.currentToken() != JsonToken.END_OBJECT) {
        throw new IOException("expected a closing brace");
      }
    }
    return values;
  }
}
