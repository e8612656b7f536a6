package girsanov.readers;

import girsanov.models.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The recordings in a folder and in those below it, in the order of their paths. A file is one by
 * what it starts with, or by an extension that promises one; anything else is passed over, and so
 * is what is hidden.
 *
 * @param skipped what could not be looked at
 */
record Folder(Path root, List<Found> found, List<Skipped> skipped) {
  private static final Set<String> MUSIC = Set.of("mid", "midi", "kar", "smf");
  private static final Set<String> SPEECH = Set.of("wav", "wave", "sph", "nist");
  private static final int START = 7;

  /** Beyond this a file does not fit a Java array. */
  private static final long MOST_BYTES = 1L << 30;

  /**
   * A file that seems to be a recording.
   *
   * @param name its path inside the folder, with slashes
   */
  record Found(Path path, String name, Kind kind) {}

  /**
   * @throws DataException if there is no such folder
   */
  static Folder list(Path root) {
    if (!Files.isDirectory(root)) {
      throw new DataException(
          root
              + ": expected a folder of MIDI or sound files, found "
              + (Files.exists(root) ? "a file" : "nothing there"));
    }
    var found = new ArrayList<Found>();
    var skipped = new ArrayList<Skipped>();
    try {
      Files.walkFileTree(
          root,
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          Integer.MAX_VALUE,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              return !path.equals(root) && isHidden(path)
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
              if (attributes.isRegularFile() && !isHidden(path)) {
                String name = name(root, path);
                try {
                  kind(path).ifPresent(kind -> found.add(new Found(path, name, kind)));
                } catch (IOException e) {
                  skipped.add(unreadable(name, e));
                }
              }
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException e) {
              skipped.add(unreadable(name(root, path), e));
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new DataException(root + ": cannot be listed: " + e.getMessage(), e);
    }
    found.sort(Comparator.comparing(Found::name));
    skipped.sort(Comparator.comparing(Skipped::file));
    return new Folder(root, found, skipped);
  }

  /** All bytes of a file. */
  static byte[] read(Found file) {
    try {
      long size = Files.size(file.path);
      if (size > MOST_BYTES) {
        throw new DataException(
            "expected at most %,d bytes, found %,d; cut it".formatted(MOST_BYTES, size));
      }
      return Files.readAllBytes(file.path);
    } catch (IOException e) {
      throw new DataException(unreadable(file.name, e).reason(), e);
    }
  }

  private static Optional<Kind> kind(Path path) throws IOException {
    String start;
    try (InputStream bytes = Files.newInputStream(path)) {
      start = new String(bytes.readNBytes(START), StandardCharsets.ISO_8859_1);
    }
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    String extension = name.substring(name.lastIndexOf('.') + 1);
    if (start.startsWith("MThd")) {
      return Optional.of(Kind.MUSIC);
    }
    if (start.equals("NIST_1A")) {
      return Optional.of(Kind.SPEECH);
    }
    return MUSIC.contains(extension)
        ? Optional.of(Kind.MUSIC)
        : SPEECH.contains(extension) ? Optional.of(Kind.SPEECH) : Optional.empty();
  }

  private static boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  private static String name(Path root, Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private static Skipped unreadable(String name, IOException e) {
    return new Skipped(name, "cannot be read: " + e);
  }
}
