package girsanov.bench.compare;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A Python interpreter that runs our script. It is asked by lines and answers by lines; tensors go
 * as a line with name and extents and then their floats, little-endian.
 */
final class PythonProcess implements AutoCloseable {
  private final Process process;
  private final OutputStream out;
  private final InputStream in;

  /**
   * Starts an interpreter.
   *
   * @param command of the interpreter, e.g. {@code chroot /somewhere python3}
   * @param script the text of the script: the interpreter may not see our files
   */
  PythonProcess(List<String> command, String script, Map<String, String> environment)
      throws IOException {
    var all = new ArrayList<>(command);
    all.addAll(List.of("-c", script));
    var builder = new ProcessBuilder(all);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    process = builder.start();
    out = new BufferedOutputStream(process.getOutputStream());
    in = new BufferedInputStream(process.getInputStream());
  }

  void send(String line) {
    write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  void send(String name, int[] extents, double[] values) {
    var header = new StringBuilder(name);
    Arrays.stream(extents).forEach(extent -> header.append(' ').append(extent));
    send(header.toString());
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    write(bytes.array());
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("the Python process has ended", e);
    }
  }

  /**
   * The numbers of the next answer.
   *
   * @throws IllegalStateException with what Python says, if it says that something is wrong
   */
  double[] answer() {
    String line = line();
    String[] words = line.split(" ");
    if (!words[0].equals("ok")) {
      throw new IllegalStateException(line);
    }
    return Arrays.stream(words).skip(1).mapToDouble(Double::parseDouble).toArray();
  }

  /** The next line of the answer. */
  String line() {
    try {
      out.flush();
      var bytes = new ByteArrayOutputStream();
      int next = in.read();
      while (next >= 0 && next != '\n') {
        bytes.write(next);
        next = in.read();
      }
      if (next < 0) {
        return "error: the Python process ended";
      }
      return bytes.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "error: the Python process ended";
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
