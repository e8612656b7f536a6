package girsanov.cli;

import girsanov.cli.experiment.Sizes;
import girsanov.cli.reproduce.Reproduction;
import girsanov.cli.reproduce.Study;
import girsanov.cli.runs.FolderLock;
import girsanov.cli.runs.Terminal;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.readers.Kind;
import girsanov.tensor.Workers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code girsanov reproduce}. */
@Command(
    name = "reproduce",
    description = "Trains all systems of the VSDN paper, and writes its tables and figures.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  girsanov reproduce midi --data DIR         table 1 and figures 2 and 3",
      "  girsanov reproduce speech --data DIR       table 2 and figures 2, 3 and 4",
      "  girsanov reproduce midi --systems gru-ode,vsdn-sde --steps 200 --out trial",
      "  girsanov reproduce midi --preset paper     at the paper's sizes: days",
      "",
      "It says first how long it will take: about 46 minutes for midi and 19 for speech on two cores,",
      "three times as long with --seeds 3. What is finished is kept in DIR: after Ctrl-C, or a power",
      "cut, the same command goes on where it was."
    })
final class ReproduceCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  private static final int ABLATION_PART = 4;
  private static final int PAPER_ABLATION_STEPS = 1000;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "TABLE", description = "midi: table 1; speech: table 2.")
  private String table = "";

  @Option(
      names = "--preset",
      paramLabel = "SIZES",
      description = "scaled: networks that two cores train within an hour (default); paper.")
  private String preset = "scaled";

  @Option(
      names = "--systems",
      paramLabel = "NAME,...",
      description = "Some of the systems. Default: all.")
  private String systems = "all";

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds for each cell. Default: 1; 3 take three times as long.")
  private int seeds = 1;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = {
        "Steps of training for each cell; what it takes is proportional to it.",
        "Default: 1500 for midi, 800 for speech. 0 trains by epochs and patience; the default with",
        "the paper's sizes."
      })
  private @Nullable Integer steps;

  @Option(
      names = "--ablation-steps",
      paramLabel = "N",
      description = {
        "Likewise for each cell of figure 4. Default: a quarter, or 1000 with the paper's sizes;",
        "0 leaves figure 4 out."
      })
  private @Nullable Integer ablationSteps;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Changes a setting of every cell; see girsanov info vsdn-sde.")
  private List<String> changes = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the study. Default: runs/reproduce-TABLE-SIZES.")
  private @Nullable Path out;

  @Mixin private RunOptions options = new RunOptions();

  @Override
  public Integer call() {
    options.check();
    if (spec == null) {
      throw new IllegalStateException("expected picocli to set the command");
    }
    Study study = study();
    Path folder = out != null ? out : Path.of("runs", "reproduce-" + table + "-" + preset);
    var terminal = new Terminal(spec.commandLine().getOut());
    try (var lock = new FolderLock(terminal);
        Workers workers = options.workers()) {
      return Reproduction.of(study, folder, workers, terminal, lock).run() ? 0 : INTERRUPTED;
    }
  }

  private Study study() {
    Kind data = one("TABLE", table, Map.of("midi", Kind.MUSIC, "speech", Kind.SPEECH));
    Sizes sizes = Settings.choice("--preset", preset, Sizes.class);
    boolean scaled = sizes == Sizes.SCALED;
    int each = steps != null ? steps : scaled ? scaledSteps(data) : 0;
    int part = scaled ? Math.ceilDiv(each, ABLATION_PART) : PAPER_ABLATION_STEPS;
    int ablation = ablationSteps != null ? ablationSteps : data == Kind.SPEECH ? part : 0;
    if (ablationSteps != null && data != Kind.SPEECH) {
      throw UserException.usage(
          "--ablation-steps: expected speech, whose figure 4 they are of, got " + table);
    }
    if (seeds < 1) {
      throw UserException.usage("--seeds: expected 1 or more, got " + seeds);
    }
    if (each < 0 || ablation < 0) {
      throw UserException.usage("--steps: expected 0 or more, got " + Math.min(each, ablation));
    }
    String folder = options.data().map(path -> path.toAbsolutePath().normalize() + "").orElse("");
    return new Study(
        data, folder, sizes, systems, seeds, each, ablation, String.join("\n", changes));
  }

  /** Steps of a cell: on two cores a table takes less than an hour a seed. */
  private static int scaledSteps(Kind data) {
    return switch (data) {
      case MUSIC -> 1500;
      case SPEECH -> 800;
    };
  }

  private static <T> T one(String what, String name, Map<String, T> known) {
    T found = known.get(name);
    if (found == null) {
      throw UserException.usage(
          what + ": expected one of " + new TreeSet<>(known.keySet()) + ", got '" + name + "'");
    }
    return found;
  }
}
