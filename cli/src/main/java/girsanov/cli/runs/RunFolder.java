package girsanov.cli.runs;

import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/**
 * The folder a run leaves behind. Files appear in it whole or not at all: each is written beside
 * its place, synced, and moved there.
 */
public record RunFolder(Path path) {
  public static final String CONFIG = "config.json";
  public static final String METRICS = "metrics.csv";
  public static final String FIGURES = "metrics.json";

  /** Of a study: the folders of its runs. */
  public static final String CELLS = "cells";

  /** What the run is for. */
  public static final String MODEL = "model.safetensors";

  /** Where the run can be continued. */
  public static final String CHECKPOINT = "checkpoint.safetensors";

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss");

  /** Room that a run's small files and pictures take. */
  private static final long SMALL_FILES = 8L << 20;

  /** Where a run goes that is given no folder: {@code runs/2026-01-31-120000-mocap}. */
  public static Path dated(String preset, LocalDateTime now) {
    return Path.of("runs", DATE.format(now) + "-" + preset);
  }

  /**
   * A new folder, or an empty one, that has been written to already, so that a run of hours does
   * not end at its first file.
   *
   * @param bytes the checkpoints that will be written
   */
  public static RunFolder create(Path path, long bytes) {
    makeEmpty(path);
    var folder = new RunFolder(path);
    folder.requireWritable(bytes);
    return folder;
  }

  /** Likewise, held by a lock, so that of two processes that begin at once one is refused. */
  public static RunFolder create(Path path, long bytes, FolderLock lock) {
    // Before, so that a folder of anything else is left as it is.
    makeEmpty(path);
    lock.take(path);
    return create(path, bytes);
  }

  private static void makeEmpty(Path path) {
    try {
      Files.createDirectories(path);
      try (Stream<Path> files = Files.list(path)) {
        if (files.anyMatch(file -> !file.endsWith(FolderLock.FILE))) {
          throw UserException.failure(
              path
                  + ": expected a new or empty folder, found files in it; choose another --out"
                  + (Files.exists(path.resolve(CHECKPOINT))
                      ? ", or go on with --resume " + path
                      : ""));
        }
      }
    } catch (IOException e) {
      throw notWritable(path, e);
    }
  }

  /** The folder of an earlier run. */
  public static RunFolder open(Path path) {
    if (!Files.isRegularFile(path.resolve(CONFIG))) {
      throw UserException.failure(
          path
              + ": expected the folder of a run, found "
              + (Files.isDirectory(path) ? "no " + CONFIG + " in it" : "no such folder"));
    }
    return new RunFolder(path);
  }

  /** Likewise, and not that of a study, which holds many. */
  public static RunFolder ofRun(Path path) {
    Path cells = path.resolve(CELLS);
    if (Files.isDirectory(cells)) {
      String first;
      try (Stream<Path> all = Files.list(cells)) {
        first = all.sorted().findFirst().map(cell -> ", such as " + cell).orElse("");
      } catch (IOException e) {
        first = "";
      }
      throw UserException.failure(
          path
              + ": expected the folder of a run, found that of a study; its models are in "
              + cells
              + first);
    }
    return open(path);
  }

  public Path file(String name) {
    return path.resolve(name);
  }

  /**
   * Tries to write, and that there is room.
   *
   * @param bytes the checkpoints that will be written
   */
  public void requireWritable(long bytes) {
    long needed = bytes + SMALL_FILES;
    long free;
    try {
      Path trial = Files.createTempFile(path, "trial", ".tmp");
      try {
        Files.write(trial, new byte[1 << 12]);
        free = Files.getFileStore(path).getUsableSpace();
      } finally {
        Files.deleteIfExists(trial);
      }
    } catch (IOException e) {
      throw notWritable(path, e);
    }
    if (free < needed) {
      throw UserException.failure(
          path
              + ": expected "
              + megabytes(needed)
              + " free for checkpoints and pictures, found "
              + megabytes(free)
              + "; make room, or choose another --out");
    }
  }

  /** Writes a file whole or not at all. */
  public void write(String name, byte[] content) {
    Path part = path.resolve(name + ".part");
    try {
      try (var channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        for (var bytes = ByteBuffer.wrap(content); bytes.hasRemaining(); ) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          part, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      deleteQuietly(part);
      throw cannotWrite(file(name), e);
    }
  }

  /** One line for a file that could not be written. */
  public static UserException cannotWrite(Path file, IOException e) {
    return UserException.failure(
        "cannot write " + file + ": " + reason(e) + "; make room or choose another --out", e);
  }

  /** What went wrong, without the names of classes. */
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or folder";
      case FileSystemException named when named.getReason() != null -> named.getReason();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  static UserException notWritable(Path path, IOException e) {
    return UserException.failure(
        path
            + ": expected a folder to write to, "
            + (Files.isRegularFile(path) ? "found a file" : "got: " + reason(e))
            + "; choose another with --out",
        e);
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // The error that led here is the one to report.
    }
  }

  private static String megabytes(long bytes) {
    return bytes / (1 << 20) + " MB";
  }
}
