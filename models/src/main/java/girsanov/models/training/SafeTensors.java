package girsanov.models.training;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The content of a safetensors file: text metadata and named tensors. The file is
 *
 * <pre>
 *   8 bytes   length of the header, little-endian
 *   header    JSON: {"__metadata__": {text: text}, name: {"dtype", "shape", "data_offsets"}, …},
 *             followed by spaces up to a multiple of 8
 *   data      the tensors, row-major and little-endian, without gaps, in the order of their offsets
 * </pre>
 *
 * <p>Format: github.com/huggingface/safetensors, "Format". The dtypes F32 and F64 are supported.
 */
record SafeTensors(SequencedMap<String, String> metadata, SequencedMap<String, Tensor> tensors) {
  static final String METADATA = "__metadata__";

  /** The limit that other readers set. */
  static final int LONGEST_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 16;

  SafeTensors {
    metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
  }

  static String dtype(Precision precision) {
    return switch (precision) {
      case FLOAT -> "F32";
      case DOUBLE -> "F64";
    };
  }

  void write(WritableByteChannel channel) throws IOException {
    byte[] header = header();
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(header.length);
    drain(buffer, channel);
    drain(ByteBuffer.wrap(header).position(header.length), channel);
    for (Tensor tensor : tensors.values()) {
      for (int i = 0; i < tensor.size(); i++) {
        if (buffer.remaining() < Double.BYTES) {
          drain(buffer, channel);
        }
        switch (tensor) {
          case FloatTensor f -> buffer.putFloat(f.array()[f.offset() + i]);
          case DoubleTensor d -> buffer.putDouble(d.array()[d.offset() + i]);
        }
      }
    }
    drain(buffer, channel);
  }

  private byte[] header() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      json.writeObjectFieldStart(METADATA);
      for (Map.Entry<String, String> entry : metadata.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      long offset = 0;
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        long end = offset + (long) tensor.size() * tensor.precision().bytes();
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", dtype(tensor.precision()));
        int[] dims = tensor.shape().dims();
        json.writeFieldName("shape");
        json.writeArray(dims, 0, dims.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, end}, 0, 2);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    }
    while (bytes.size() % Long.BYTES != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }

  private static void drain(ByteBuffer buffer, WritableByteChannel channel) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }
}
