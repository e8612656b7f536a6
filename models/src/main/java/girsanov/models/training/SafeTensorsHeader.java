package girsanov.models.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * The header of a {@link SafeTensors} file, checked: every entry is complete, of a known dtype, as
 * long as its shape says, and the entries fill the data from 0 on without gap or overlap.
 *
 * @param entries in the order of their offsets
 * @param bytes the length of the data
 */
record SafeTensorsHeader(SequencedMap<String, String> metadata, List<Entry> entries, long bytes) {

  record Entry(String name, Precision precision, Shape shape, long begin, long end) {}

  /** A header that breaks the format; the message is a line without the file's name. */
  static final class FormatException extends IOException {
    FormatException(String message) {
      super(message);
    }
  }

  static SafeTensorsHeader parse(byte[] json) throws IOException {
    if (json.length == 0 || json[0] != '{') {
      throw new FormatException("expected a header that starts with '{'");
    }
    var metadata = new LinkedHashMap<String, String>();
    var entries = new ArrayList<Entry>();
    var factory =
        JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    try (JsonParser parser = factory.createParser(json)) {
      expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        expect(parser, parser.nextToken(), JsonToken.START_OBJECT);
        if (name.equals(SafeTensors.METADATA)) {
          readMetadata(parser, metadata);
        } else {
          entries.add(readEntry(parser, name));
        }
      }
      expect(parser, parser.currentToken(), JsonToken.END_OBJECT);
      if (parser.nextToken() != null) {
        throw new FormatException("expected nothing after the header's JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new FormatException("expected a header in JSON: " + e.getOriginalMessage());
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    return new SafeTensorsHeader(metadata, List.copyOf(entries), checkOffsets(entries));
  }

  private static void readMetadata(JsonParser parser, SequencedMap<String, String> metadata)
      throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(parser, parser.nextToken(), JsonToken.VALUE_STRING);
      metadata.put(key, parser.getText());
    }
  }

  private static Entry readEntry(JsonParser parser, String name) throws IOException {
    String dtype = "";
    List<Long> shape = List.of(-1L);
    List<Long> offsets = List.of();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (key) {
        case "dtype" -> {
          expect(parser, value, JsonToken.VALUE_STRING);
          dtype = parser.getText();
        }
        case "shape" -> shape = readNumbers(parser);
        case "data_offsets" -> offsets = readNumbers(parser);
        default ->
            throw new FormatException(
                "tensor '" + name + "': expected dtype, shape and data_offsets, got '" + key + "'");
      }
    }
    return entry(name, dtype, shape, offsets);
  }

  private static List<Long> readNumbers(JsonParser parser) throws IOException {
    expect(parser, parser.currentToken(), JsonToken.START_ARRAY);
    var numbers = new ArrayList<Long>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      expect(parser, parser.currentToken(), JsonToken.VALUE_NUMBER_INT);
      numbers.add(parser.getLongValue());
    }
    return numbers;
  }

  private static Entry entry(String name, String dtype, List<Long> dims, List<Long> offsets)
      throws FormatException {
    String tensor = "tensor '" + name + "': ";
    Precision precision =
        switch (dtype) {
          case "F32" -> Precision.FLOAT;
          case "F64" -> Precision.DOUBLE;
          default ->
              throw new FormatException(tensor + "expected dtype F32 or F64, got '" + dtype + "'");
        };
    long size = 1;
    for (long dim : dims) {
      if (dim < 0 || dim > Integer.MAX_VALUE || (size *= dim) > Integer.MAX_VALUE - 64) {
        throw new FormatException(tensor + "expected a shape of a Java array's size, got " + dims);
      }
    }
    Shape shape = new Shape(dims.stream().mapToInt(Long::intValue).toArray());
    long bytes = size * precision.bytes();
    if (offsets.size() != 2 || offsets.get(0) < 0 || offsets.get(1) - offsets.get(0) != bytes) {
      throw new FormatException(
          tensor
              + "expected data_offsets "
              + bytes
              + " bytes apart for "
              + dtype
              + " "
              + shape
              + ", got "
              + offsets);
    }
    return new Entry(name, precision, shape, offsets.get(0), offsets.get(1));
  }

  /** The length of the data, if the sorted entries fill it. */
  private static long checkOffsets(List<Entry> entries) throws FormatException {
    long end = 0;
    for (Entry entry : entries) {
      if (entry.begin() != end) {
        throw new FormatException(
            "tensor '"
                + entry.name()
                + "': expected its data at offset "
                + end
                + ", right after the previous tensor's, got "
                + entry.begin());
      }
      end = entry.end();
    }
    return end;
  }

  private static void expect(JsonParser parser, JsonToken got, JsonToken expected)
      throws FormatException {
    if (got != expected) {
      throw new FormatException(
          "expected "
              + expected
              + " in the header, got "
              + got
              + " at byte "
              + parser.currentTokenLocation().getByteOffset());
    }
  }
}
