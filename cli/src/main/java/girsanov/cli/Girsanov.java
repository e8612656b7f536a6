package girsanov.cli;

import girsanov.cli.experiment.Preset;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.UserException;
import girsanov.models.data.DataException;
import girsanov.models.training.CheckpointException;
import girsanov.models.training.DivergedException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code girsanov} command. Exit codes: 0; 1 for what failed; 2 for a command line that cannot
 * be understood; 130 after Ctrl-C. Errors are one line on standard error.
 */
@Command(
    name = "girsanov",
    description = "Learns latent stochastic differential equations.",
    version = "girsanov 0.1.0",
    mixinStandardHelpOptions = true,
    subcommands = {
      TrainCommand.class,
      EvaluateCommand.class,
      SampleCommand.class,
      ForecastCommand.class,
      InterpolateCommand.class,
      InfoCommand.class,
      ReproduceCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  girsanov train mocap                 learn to forecast human walking",
      "  girsanov train lorenz --seed 1       learn the stochastic Lorenz attractor",
      "  girsanov train vsdn-sde --data DIR   learn music (MIDI) or speech (WAV, SPHERE)",
      "  girsanov evaluate runs/DIR           the figures of a trained model",
      "  girsanov forecast runs/DIR           forecasts of the test sequences",
      "  girsanov reproduce midi              the tables and figures of the VSDN paper",
      "  girsanov train --help                options and presets"
    })
public final class Girsanov implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  Girsanov() {}

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) {
    System.exit(run(writer(System.out), writer(System.err), arguments));
  }

  /** Runs the command with other writers. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    var command = new CommandLine(new Girsanov());
    command.setOut(out).setErr(err).setUsageHelpWidth(100);
    command.setExecutionExceptionHandler((error, line, _) -> failed(error, line.getErr()));
    command.setParameterExceptionHandler((error, _) -> misunderstood(error));
    describePresets(command);
    try {
      return command.execute(arguments);
    } catch (OutOfMemoryError e) {
      return complain(
          err,
          "not enough memory: "
              + e.getMessage()
              + "; choose smaller settings, such as batch, or segments and heldOut of a large"
              + " folder, or give Java more by JAVA_TOOL_OPTIONS=-Xmx..., or close other programs",
          1);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** The line for a failure, and its exit code. */
  static int failed(Exception error, PrintWriter err) {
    if (Boolean.getBoolean("girsanov.trace")) {
      error.printStackTrace(err);
    }
    return switch (error) {
      case UserException e -> complain(err, message(e), e.exitCode());
      case DataException e -> complain(err, message(e), 1);
      case CheckpointException e -> complain(err, message(e), 1);
      case DivergedException e -> complain(err, message(e), 1);
      case IOException e -> complain(err, RunFolder.reason(e), 1);
      default ->
          complain(
              err,
              "this is a fault of girsanov: "
                  + error
                  + "; please report it with what JAVA_TOOL_OPTIONS=-Dgirsanov.trace=true shows",
              1);
    };
  }

  private static int misunderstood(ParameterException error) {
    CommandLine line = error.getCommandLine();
    var message = new StringBuilder(error.getMessage());
    if (error instanceof UnmatchedArgumentException unmatched) {
      message = new StringBuilder(unmatched(unmatched));
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        message.append("; did you mean ").append(suggestions.getFirst()).append('?');
      }
    }
    message.append("; see ").append(line.getCommandSpec().qualifiedName()).append(" --help");
    return complain(line.getErr(), message.toString(), 2);
  }

  /** The first thing that does not belong there: what follows may be its value. */
  private static String unmatched(UnmatchedArgumentException error) {
    var positions = error.getCommandLine().getCommandSpec().positionalParameters();
    for (String argument : error.getUnmatched()) {
      if (argument.startsWith("-")) {
        return "unknown option '" + argument.replaceFirst("=.*", "") + "'";
      }
    }
    String first = error.getUnmatched().getFirst();
    return positions.isEmpty()
        ? "unknown command '" + first + "'"
        : "expected one "
            + positions.getFirst().paramLabel()
            + " only, got '"
            + first
            + "' as well";
  }

  private static String message(Exception error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }

  private static int complain(PrintWriter err, String message, int exitCode) {
    err.println("girsanov: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    err.flush();
    return exitCode;
  }

  private static void describePresets(CommandLine command) {
    CommandLine train = command.getSubcommands().get("train");
    if (train == null) {
      throw new IllegalStateException("expected a command train");
    }
    var footer = new ArrayList<>(List.of("%nPresets:"));
    for (Preset preset : Preset.values()) {
      footer.add(String.format("  %-22s %s", preset.title(), preset.description()));
    }
    footer.addAll(List.of(train.getCommandSpec().usageMessage().footer()));
    train.getCommandSpec().usageMessage().footer(footer.toArray(String[]::new));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }
}
