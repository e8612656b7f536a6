package girsanov.cli.runs;

import java.awt.AWTError;
import java.util.function.Supplier;

/** A picture in a run's folder, which is no reason for the run to fail. */
public final class PictureFile {
  private PictureFile() {}

  /** Draws and writes; where the JDK cannot draw, says so instead: a small one may lack fonts. */
  public static void write(RunFolder folder, String name, Terminal terminal, Supplier<byte[]> png) {
    byte[] bytes;
    try {
      bytes = png.get();
    } catch (AWTError | LinkageError | InternalError e) {
      terminal.println(
          name + " is left out: this JDK cannot draw text (" + e.getMessage() + "); install fonts");
      return;
    }
    folder.write(name, bytes);
  }
}
