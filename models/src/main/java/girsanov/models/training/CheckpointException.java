package girsanov.models.training;

import java.nio.file.Path;

/**
 * A checkpoint that cannot be written or trusted. The message is one line for a user: the file,
 * what was expected, what was found, what to do.
 */
public final class CheckpointException extends RuntimeException {

  CheckpointException(Path file, String problem) {
    super("checkpoint " + file + ": " + problem);
  }

  CheckpointException(Path file, String problem, Throwable cause) {
    super("checkpoint " + file + ": " + problem, cause);
  }
}
