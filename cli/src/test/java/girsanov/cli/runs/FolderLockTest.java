package girsanov.cli.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Within one process; {@code girsanov.cli.OneWriterTest} has several. */
final class FolderLockTest {
  @TempDir private Path folder = Path.of("");

  private final StringWriter said = new StringWriter();
  private final Terminal terminal = new Terminal(new PrintWriter(said));

  private void refused() {
    try (var second = new FolderLock(terminal)) {
      UserException e = assertThrows(UserException.class, () -> second.take(folder));
      assertEquals(1, e.exitCode());
      assertTrue(
          String.valueOf(e.getMessage())
              .startsWith(folder + ": expected a folder that nothing else writes to, found one"),
          e.getMessage());
    }
  }

  @Test
  void aFolderHasOneHolder() {
    try (var first = new FolderLock(terminal)) {
      first.take(folder);
      refused();
      refused();
    }
    assertTrue(Files.exists(folder.resolve(FolderLock.FILE)), "left where it was");
    try (var next = new FolderLock(terminal)) {
      next.take(folder);
      refused();
    }
    assertEquals("", said.toString());
  }

  /** The same folder by another path, too. */
  @Test
  void linksLeadToTheSameFolder() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), run);
    try (var first = new FolderLock(terminal);
        var second = new FolderLock(terminal)) {
      first.take(run);
      assertThrows(UserException.class, () -> second.take(link));
    }
  }

  @Test
  void anotherProcessHasIt() {
    try (var lock = new FolderLock(terminal, _ -> null)) {
      assertThrows(UserException.class, () -> lock.take(folder));
    }
  }

  @Test
  void aFileSystemWithoutLocksIsToldOf() {
    try (var lock =
        new FolderLock(
            terminal,
            _ -> {
              throw new IOException("No locks available");
            })) {
      lock.take(folder);
    }
    assertEquals(
        folder
            + ": this file system has no locks (No locks available); let no other process write"
            + " there meanwhile\n",
        said.toString());
  }

  @Test
  void aFolderThatIsNotThere() {
    try (var lock = new FolderLock(terminal)) {
      UserException e =
          assertThrows(UserException.class, () -> lock.take(folder.resolve("nothing")));
      assertTrue(String.valueOf(e.getMessage()).contains("expected a folder to write to"));
    }
  }

  /** A run that was killed before its first file has left the lock's alone. */
  @Test
  void aFolderWithNothingElseIsEmpty() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (var lock = new FolderLock(terminal)) {
        RunFolder.create(folder, 0, lock);
        refused();
      }
    }
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.createFile(other.resolve("x"));
    try (var lock = new FolderLock(terminal)) {
      UserException e = assertThrows(UserException.class, () -> RunFolder.create(other, 0, lock));
      assertTrue(String.valueOf(e.getMessage()).contains("expected a new or empty folder"));
    }
    assertFalse(Files.exists(other.resolve(FolderLock.FILE)), "left as it was");
  }
}
