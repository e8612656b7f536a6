package girsanov.cli.runs;

import girsanov.cli.settings.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process from writing to the folder of a run or a study while one does: each file
 * would be whole, and the folder that of no run at all. Reading needs no lock.
 *
 * <p>The system locks the file {@value #FILE} in the folder, and ends that with the process,
 * however it ends: one that was killed leaves nothing that blocks the next. The file itself stays,
 * empty and without meaning. Were it removed, of two processes that wait for it one might lock the
 * file that is gone and the other a new one.
 *
 * <p>Some file systems refuse every lock, such as those of a network without a service for it. A
 * run goes on there without, and says so: that two processes meet in a folder is rare, and to
 * refuse all runs would help nobody. A folder in which the file cannot be made is one in which a
 * run cannot write, and is refused as such.
 */
public final class FolderLock implements AutoCloseable {
  static final String FILE = ".lock";

  /**
   * The folders that this process holds. The system does not tell its threads apart, and lets go of
   * a file when any channel to it is closed.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  /** {@link FileChannel#tryLock()}. */
  interface Locking {
    /** The lock, or null where another process has it. */
    @Nullable FileLock lock(FileChannel file) throws IOException;
  }

  private final Terminal terminal;
  private final Locking locking;
  private @Nullable Path held;
  private @Nullable FileChannel file;

  /**
   * Holds nothing yet.
   *
   * @param terminal where it is said that a file system has no locks
   */
  public FolderLock(Terminal terminal) {
    this(terminal, FileChannel::tryLock);
  }

  FolderLock(Terminal terminal, Locking locking) {
    this.terminal = terminal;
    this.locking = locking;
  }

  /**
   * Holds a folder until this is closed, or the process ends.
   *
   * @throws UserException if another process, or thread, does, or if the folder cannot be written
   *     to
   */
  public void take(Path folder) {
    if (held != null) {
      throw new IllegalStateException("expected to hold one folder, hold " + held);
    }
    try {
      Path real = folder.toRealPath();
      if (!OURS.add(real)) {
        throw inUse(folder);
      }
      held = real;
      file =
          FileChannel.open(real.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw RunFolder.notWritable(folder, e);
    }
    try {
      if (locking.lock(file) == null) {
        throw inUse(folder);
      }
    } catch (IOException e) {
      terminal.println(
          folder
              + ": this file system has no locks ("
              + RunFolder.reason(e)
              + "); let no other process write there meanwhile");
    }
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException _) {
      // The system lets go of it when the process ends.
    }
    if (held != null) {
      OURS.remove(held);
    }
  }

  private static UserException inUse(Path folder) {
    return UserException.failure(
        folder
            + ": expected a folder that nothing else writes to, found one that another girsanov"
            + " is at work in; wait until that has ended, or stop it");
  }
}
