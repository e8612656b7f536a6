package girsanov.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code girsanov} command. */
@Command(
    name = "girsanov",
    description = "Learns latent stochastic differential equations.",
    mixinStandardHelpOptions = true)
public final class Girsanov implements Runnable {
  Girsanov() {}

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Girsanov()).execute(arguments));
  }
}
