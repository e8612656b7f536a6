package girsanov.models.training;

import girsanov.models.training.SafeTensorsHeader.Entry;
import girsanov.models.training.SafeTensorsHeader.FormatException;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;

/** Reading and writing of {@link SafeTensors} files, whole or not at all. */
final class SafeTensorsFile {
  private static final int CHUNK = 1 << 16;

  private SafeTensorsFile() {}

  /**
   * Writes a temporary file beside {@code file}, makes it durable, and renames it. Whatever happens
   * on the way, {@code file} is what it was or complete.
   *
   * @throws CheckpointException if the folder cannot be written
   */
  static void write(Path file, SafeTensors content) {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.write(channel);
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(file);
    } catch (IOException e) {
      discard(temporary, e);
      throw new CheckpointException(
          file,
          "expected to write it, got " + reason(e) + "; free space or choose another folder",
          e);
    }
  }

  /**
   * Reads and checks a file against the format.
   *
   * @throws CheckpointException if it is absent, cut short or broken
   */
  static SafeTensors read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel);
    } catch (NoSuchFileException e) {
      throw new CheckpointException(file, "expected a file, got none; check the path", e);
    } catch (FormatException e) {
      throw new CheckpointException(
          file, e.getMessage() + "; it is damaged or no safetensors file: use another", e);
    } catch (IOException e) {
      throw new CheckpointException(file, "expected to read it, got " + reason(e), e);
    }
  }

  private static SafeTensors read(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new FormatException("expected at least 8 bytes, got " + size);
    }
    long length = readFully(channel, Long.BYTES).getLong();
    if (length < 2 || length > SafeTensors.LONGEST_HEADER || length > size - Long.BYTES) {
      throw new FormatException(
          "expected a header of 2 to "
              + Math.min(SafeTensors.LONGEST_HEADER, size - Long.BYTES)
              + " bytes, got a length of "
              + Long.toUnsignedString(length));
    }
    SafeTensorsHeader header = SafeTensorsHeader.parse(readFully(channel, (int) length).array());
    long data = size - Long.BYTES - length;
    if (header.bytes() != data) {
      throw new FormatException(
          "expected " + header.bytes() + " bytes of data after the header, got " + data);
    }
    var tensors = new LinkedHashMap<String, Tensor>();
    for (Entry entry : header.entries()) {
      Tensor tensor = Tensor.zeros(entry.precision(), entry.shape());
      readTensor(channel, tensor);
      tensors.put(entry.name(), tensor);
    }
    return new SafeTensors(header.metadata(), tensors);
  }

  private static void readTensor(FileChannel channel, Tensor tensor) throws IOException {
    int bytes = tensor.precision().bytes();
    for (int from = 0; from < tensor.size(); ) {
      int count = Math.min(tensor.size() - from, CHUNK / bytes);
      ByteBuffer chunk = readFully(channel, count * bytes);
      switch (tensor) {
        case FloatTensor f -> chunk.asFloatBuffer().get(f.array(), f.offset() + from, count);
        case DoubleTensor d -> chunk.asDoubleBuffer().get(d.array(), d.offset() + from, count);
      }
      from += count;
    }
  }

  private static ByteBuffer readFully(ReadableByteChannel channel, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("an end of the file " + buffer.remaining() + " bytes early");
      }
    }
    return buffer.flip();
  }

  /** Makes the rename durable, where the system lets a folder be opened. */
  private static void syncFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException _) {
        // Not every system can; the file itself is already durable.
      }
    }
  }

  private static void discard(Path temporary, IOException reason) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "no permission";
      case NoSuchFileException missing -> "no folder for " + missing.getFile();
      default -> String.valueOf(e.getMessage());
    };
  }
}
