package girsanov.cli.experiment;

import girsanov.cli.runs.Counted;
import girsanov.cli.runs.RunFolder;
import girsanov.cli.settings.Settings;
import girsanov.cli.settings.UserException;
import girsanov.models.data.SegmentSets;
import girsanov.models.data.Segments;
import girsanov.models.frames.FrameModel;
import girsanov.models.frames.FrameObjective;
import girsanov.models.frames.FrameSampler;
import girsanov.models.frames.Regime;
import girsanov.models.training.Evaluator;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Trainer;
import girsanov.readers.Corpus;
import girsanov.readers.Reading;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * An experiment with recordings and a model of frames.
 *
 * @param corpus what was read
 */
public record FrameProblem(FrameExperiment experiment, Corpus corpus, FrameModel frameModel)
    implements Problem {
  private static final String SKIPPED = "skipped.txt";

  private static final int LEAST_BETWEEN_VALIDATIONS = 50;

  /** Skipped files that are named at once. */
  private static final int NAMED = 10;

  /**
   * Reads the recordings and builds the model.
   *
   * @param globalPeak the scale that a model was trained with, see {@link Reading#globalPeak}
   */
  public static FrameProblem of(FrameExperiment experiment, int globalPeak) {
    return of(experiment, Optional.empty(), globalPeak);
  }

  /**
   * Likewise.
   *
   * @param typed the experiment's folder as the user named it, for errors
   */
  static FrameProblem of(FrameExperiment experiment, Optional<Path> typed, int globalPeak) {
    Reading reading = Checks.made(experiment::reading).withGlobalPeak(globalPeak);
    if (experiment.folder().isEmpty()) {
      return of(experiment, Corpus.sample(experiment.data(), reading));
    }
    Path folder = typed.orElse(Path.of(experiment.folder()));
    Corpus corpus = corpus(folder, reading);
    requireKind(experiment, folder.toString(), corpus);
    return of(experiment, corpus);
  }

  private static Corpus corpus(Path folder, Reading reading) {
    if (!Files.isDirectory(folder)) {
      throw UserException.failure(
          folder
              + ": expected the recordings of the model, found nothing there; name their folder with --data");
    }
    return Corpus.read(folder, reading);
  }

  /**
   * Builds the model for recordings that have been read.
   *
   * @param corpus with at most as many segments as the experiment says
   */
  public static FrameProblem of(FrameExperiment experiment, Corpus corpus) {
    requireKind(experiment, corpus.sets().name(), corpus);
    Segments train = corpus.sets().train();
    FrameModel model = Checks.model(experiment, () -> experiment.model().model(train));
    return new FrameProblem(experiment, corpus, model);
  }

  private static void requireKind(FrameExperiment experiment, String folder, Corpus corpus) {
    if (corpus.kind() != experiment.data()) {
      throw UserException.failure(
          folder
              + ": expected "
              + experiment.data().title()
              + " files, for the model is of "
              + Settings.word(experiment.data())
              + ", found "
              + corpus.kind().title()
              + " files");
    }
  }

  /** What is learned from, validated on and reported on. */
  public SegmentSets data() {
    return corpus.sets();
  }

  @Override
  public Record model() {
    return (Record) frameModel;
  }

  @Override
  public String learnedFrom() {
    return Counted.of(data().train().count(), "segment")
        + " of "
        + Counted.of(data().train().frames(), "frame")
        + " from "
        + Counted.of(corpus.used(), experiment.data().title() + " file");
  }

  @Override
  public List<String> notes() {
    var notes = new ArrayList<String>();
    notes.add(
        Counted.of(data().valid().count(), "segment")
            + " to validate on and "
            + data().test().count()
            + " to report on (split: "
            + corpus.splitBy()
            + ")");
    int skipped = corpus.skipped().size();
    if (skipped > 0) {
      notes.add(Counted.of(skipped, "file") + (skipped == 1 ? " was skipped:" : " were skipped:"));
      corpus.skipped().stream().limit(NAMED).forEach(file -> notes.add("  " + file));
      if (skipped > NAMED) {
        notes.add("  and " + (skipped - NAMED) + " more, all named in the run's " + SKIPPED);
      }
    }
    return notes;
  }

  @Override
  public void writeSkipped(RunFolder folder) {
    if (!corpus.skipped().isEmpty()) {
      String names =
          corpus.skipped().stream().map(file -> file + "\n").collect(Collectors.joining());
      folder.write(SKIPPED, names.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public Tensor learned() {
    return data().train().values();
  }

  @Override
  public Trainer fresh(Workers workers) {
    requireRoomToJudge();
    var start = ParameterVector.initial(model(), experiment.precision(), experiment.seed());
    var objective =
        FrameObjective.training(
            frameModel, data().train(), experiment.training(), batch(), experiment.options());
    return new Trainer(objective, start, experiment.adam(), workers, experiment.blockRows());
  }

  /**
   * Refuses before training what cannot be judged after it: that takes the means of a regime each.
   */
  private void requireRoomToJudge() {
    SegmentSets data = data();
    long memory = Runtime.getRuntime().maxMemory();
    long all = memory / ((long) data.train().frames() * data.train().dim() * Float.BYTES);
    int others = data.train().count() + data.valid().count();
    long most = Math.max(0, all - others) / (1 + Regime.values().length);
    if (data.test().count() > most) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "expected at most %,d segments to report on, which Java's memory of %,d MB has room to"
                  + " judge beside %,d others, got %,d; lower heldOut, or segments, or give it more"
                  + " by JAVA_TOOL_OPTIONS=-Xmx...",
              most,
              memory >> 20,
              others,
              data.test().count()));
    }
  }

  private int batch() {
    return Math.min(experiment.batch(), data().train().count());
  }

  /** Iterations in which each segment is taken about once. */
  private int epoch() {
    return Math.ceilDiv(data().train().count(), batch());
  }

  @Override
  public int iterations() {
    int iterations = experiment.iterations();
    return iterations > 0 ? iterations : Math.multiplyExact(experiment.epochs(), epoch());
  }

  @Override
  public int globalPeak() {
    return corpus.globalPeak();
  }

  /** In the few steps of an epoch of little data, nothing can be told from noise. */
  @Override
  public int validateEvery() {
    int chosen = experiment.validateEvery();
    return chosen > 0 ? chosen : Math.max(epoch(), LEAST_BETWEEN_VALIDATIONS);
  }

  /** While the divergence's factor grows, what is minimised gets worse by itself. */
  @Override
  public int patienceFrom() {
    return experiment.growth();
  }

  @Override
  public int patience() {
    return experiment.patience();
  }

  /** What is minimised, penalties included, on the validation segments, observed regularly. */
  @Override
  public DoubleSupplier validation(ParameterVector parameters, Workers workers) {
    var objective =
        FrameObjective.validation(
            frameModel, data().valid(), experiment.reporting(), experiment.options());
    var evaluator = new Evaluator(objective, parameters, workers);
    return () -> evaluator.run(1).total();
  }

  @Override
  public SequencedMap<String, String> terms() {
    var terms = new LinkedHashMap<String, String>();
    terms.put("divergence", "divergence: KL(q(x) ‖ p(x))");
    terms.put("reconstruction", "reconstruction: −log p(y | x)");
    return terms;
  }

  @Override
  public String unit() {
    return "nats per segment";
  }

  @Override
  public String validationTitle() {
    return "validation: what is minimised" + (experiment.growth() > 0 ? ", β in full" : "");
  }

  @Override
  public String validationUnit() {
    return unit();
  }

  @Override
  public Conclusion conclusion(String preset, ParameterVector parameters) {
    return new FrameConclusion(preset, this, parameters);
  }

  /** What trained parameters say of frames. */
  public FrameSampler sampler(ParameterVector parameters, Workers workers) {
    return new FrameSampler(frameModel, parameters, experiment.seed(), workers);
  }
}
