package girsanov.cli.reproduce;

import girsanov.cli.experiment.FrameExperiment;
import girsanov.cli.experiment.Sizes;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.frames.FrameObjective.Minimised;
import girsanov.models.vsdn.FrameSystem;
import girsanov.readers.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that tables and figures depend on.
 *
 * @param data music for table 1, speech for table 2
 * @param folder of recordings; empty for those that come with girsanov
 * @param preset the sizes of the networks, and how long they are trained
 * @param systems the rows, separated by commas, or {@value Contender#ALL}
 * @param seeds each cell is trained from so many seeds, from 0 on
 * @param steps of training for each cell of the table; 0 for epochs and patience as in the paper
 * @param ablationSteps likewise for each cell of figure 4; 0 for no figure 4
 * @param changes further settings of every experiment, each {@code key=value} in a line; none that
 *     the study decides itself, for a row would then be of something else than its title says
 */
public record Study(
    Kind data,
    String folder,
    Sizes preset,
    String systems,
    int seeds,
    int steps,
    int ablationSteps,
    String changes) {

  /** Validations of a cell with a number of steps: the best of so many models is judged. */
  private static final int VALIDATIONS = 10;

  /**
   * β grows in one of so many parts of a cell's steps at most, and is what the cell says in all
   * others.
   */
  private static final int WARM_UP_PART = 4;

  private static final String WARM_UP = "warmUp";

  /** With the paper's 25, judging would take longer than training. */
  private static final int SCALED_DRAWS = 10;

  /**
   * β of figure 4, from small to large; the latent dimensions are half, one and two of the
   * preset's.
   */
  static final double[] BETAS = {0.01, 0.1, 1};

  /** More segments than these, of which judging would take longer than training, change little. */
  private static final int MOST_HELD_OUT = 200;

  private static final String HELD_OUT = "heldOut";

  static final double[] RATES = {0.25, 0.5};

  /** The rate at which figures 2 to 4 are trained. */
  static final double SPARSE = 0.25;

  /** Rates at which figure 2 judges. */
  static final double[] FIGURE_2 = {0.1, 0.25, 0.5, 0.75};

  /** Settings that the study decides, and how it is told. */
  private static final Map<String, String> DECIDED =
      Map.of(
          "data", "midi or speech",
          "folder", "--data",
          "rate", "every table has 25 % and 50 %",
          "seed", "--seeds",
          "model.system", "--systems",
          "model.assimilated", "every table has both");

  /** Likewise, where steps are counted. */
  private static final Map<String, String> DECIDED_BY_STEPS =
      Map.of(
          "iterations", "--steps",
          "validateEvery", "--steps=0, for epochs",
          "patience", "--steps=0, for epochs and patience");

  public Study {
    if (seeds < 1 || steps < 0 || ablationSteps < 0) {
      throw new IllegalArgumentException(
          "expected 1 seed or more and steps of 0 or more, got "
              + seeds
              + " seeds and "
              + steps
              + " and "
              + ablationSteps
              + " steps");
    }
    for (String change : lines(changes)) {
      String key = key(change);
      String by = DECIDED.get(key);
      by = by == null && steps > 0 ? DECIDED_BY_STEPS.get(key) : by;
      if (by != null) {
        throw UserException.usage(
            "--set "
                + change
                + ": expected a setting that a study leaves open, got one that it decides: "
                + by);
      }
    }
    FrameExperiment chosen =
        Settings.with(FrameExperiment.scaled(data, FrameSystem.VSDN_VAE), lines(changes));
    requireBeta(chosen, ablationSteps);
    if (lines(changes).stream().anyMatch(change -> key(change).equals(WARM_UP))) {
      requireShort(chosen.warmUp(), steps);
      requireShort(chosen.warmUp(), ablationSteps);
    }
  }

  private static String key(String change) {
    return change.substring(0, Math.max(change.indexOf('='), 0)).strip();
  }

  private static void requireBeta(FrameExperiment chosen, int ablationSteps) {
    try {
      chosen.options();
    } catch (IllegalArgumentException e) {
      throw UserException.usage(String.valueOf(e.getMessage()));
    }
    if (ablationSteps > 0 && chosen.objective() == Minimised.IWAE) {
      throw UserException.usage(
          "--set objective=iwae: expected elbo for figure 4, which is about the β that the"
              + " importance-weighted bound has not; give --ablation-steps=0 with it");
    }
  }

  private static void requireShort(int warmUp, int length) {
    if (length > 0 && warmUp > length / WARM_UP_PART) {
      throw UserException.usage(
          "--set warmUp="
              + warmUp
              + ": expected at most a quarter of a model's steps, "
              + length / WARM_UP_PART
              + " of "
              + length
              + ", or β is not what the table says; choose less, or more --steps and"
              + " --ablation-steps");
    }
  }

  private static List<String> lines(String changes) {
    return changes.isEmpty() ? List.of() : List.of(changes.split("\n"));
  }

  /**
   * The same for so many held-out segments: at the scaled sizes a part of them is used where they
   * are many and the study leaves their number open.
   */
  Study judgingFew(int heldOut) {
    boolean decided = lines(changes).stream().anyMatch(change -> key(change).equals(HELD_OUT));
    if (decided || preset == Sizes.PAPER || heldOut <= MOST_HELD_OUT) {
      return this;
    }
    var all = new ArrayList<>(lines(changes));
    all.add(HELD_OUT + "=" + MOST_HELD_OUT);
    return new Study(
        data, folder, preset, systems, seeds, steps, ablationSteps, String.join("\n", all));
  }

  /** The rows of the table. */
  List<Contender> contenders() {
    return Contender.of(systems);
  }

  /** All cells, in order. */
  List<Cell> cells() {
    var cells = new ArrayList<>(table());
    cells.addAll(ablation());
    return cells;
  }

  /** The cells of the table. */
  List<Cell> table() {
    var cells = new ArrayList<Cell>();
    for (int seed = 0; seed < seeds; seed++) {
      for (Contender contender : contenders()) {
        FrameExperiment base = base(contender);
        for (double rate : RATES) {
          cells.add(new Cell(contender, rate, base.beta(), base.model().latent(), seed, false));
        }
      }
    }
    return cells;
  }

  /** The cells of figure 4: β × latent dimension for the four VSDN. */
  List<Cell> ablation() {
    var cells = new ArrayList<Cell>();
    if (ablationSteps == 0) {
      return cells;
    }
    for (Contender contender : contenders()) {
      if (contender.system().variational() && !contender.assimilated()) {
        int latent = base(contender).model().latent();
        for (double beta : BETAS) {
          for (int dim : new int[] {Math.max(1, latent / 2), latent, 2 * latent}) {
            cells.add(new Cell(contender, SPARSE, beta, dim, 0, true));
          }
        }
      }
    }
    return cells;
  }

  /**
   * What a cell is trained as. Where steps are counted, β reaches its value in a quarter of them at
   * the latest: else the β of a short cell would not be the one in its name.
   */
  FrameExperiment experiment(Cell cell) {
    int length = cell.ablation() ? ablationSteps : steps;
    FrameExperiment base = base(cell.contender());
    var settings = new ArrayList<String>();
    settings.add("rate=" + cell.rate());
    settings.add("beta=" + cell.beta());
    settings.add("seed=" + cell.seed());
    settings.add("model.latent=" + cell.latent());
    if (length > 0) {
      settings.add("iterations=" + length);
      settings.add("validateEvery=" + Math.max(1, length / VALIDATIONS));
      settings.add("patience=0");
      settings.add(WARM_UP + "=" + Math.min(base.warmUp(), length / WARM_UP_PART));
    }
    return Settings.with(base, settings);
  }

  /** Before what a cell decides. */
  FrameExperiment base(Contender contender) {
    FrameExperiment experiment = preset.experiment(data, contender.system());
    var settings = new ArrayList<String>();
    settings.add("folder=" + folder);
    settings.add("model.assimilated=" + contender.assimilated());
    if (preset == Sizes.SCALED) {
      settings.add("evaluationDraws=" + SCALED_DRAWS);
    }
    settings.addAll(lines(changes));
    return Settings.with(experiment, settings);
  }
}
