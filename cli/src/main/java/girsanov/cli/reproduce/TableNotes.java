package girsanov.cli.reproduce;

import java.util.List;
import java.util.stream.Stream;

/** How the figures of tables 1 and 2 are to be read. */
final class TableNotes {
  private static final List<String> REGIMES =
      List.of(
          "- *Prediction*: observed frames of test segments, from those observed before them alone."
              + " In the rows *assimilated*, VSDN is trained with an observation on both sides of"
              + " the bar and its prediction of a frame is made after that frame was seen: nothing"
              + " is predicted there. The published prediction and NLL of VSDN seem to have arisen so.",
          "- *Judged strictly*: the same trained models, used as the strict model of their parameters:"
              + " h→ of a frame never knows its own observation. Prediction, interpolation and NLL"
              + " mean what they mean in the strict rows.",
          "- *Interpolation*: held-out frames, from the observed ones on both sides where a model"
              + " reads both: all VSDN, and ODE-RNN in both directions; the others go by the past."
              + " No row knows a held-out frame.",
          "- NLL: observed frames, each given those observed before; for VSDN a bound (β = 1) on it,"
              + " with all its constants, by as many draws as the setting evaluationDraws says. In"
              + " brackets, in the rows *assimilated*: what is minimised there, which is no NLL and no"
              + " bound on one, for it counts each frame as given itself.",
          "- ±: standard deviation over seeds. In italics what needs no model.");

  /** Of table 1. */
  static final List<String> MUSIC =
      join(
          List.of(
              "- Published: VSDN paper, table 1, on 19 000 files of Lakh MIDI (its clean subset), cut"
                  + " into minutes of which each by itself was dealt to training or test; ours: the"
                  + " data above, by song unless it says by segment. The figures compare systems on"
                  + " the same data, not ours with theirs.",
              "- NLL in nats of a frame of 128 pitches, −Σ y log p + (1 − y) log(1 − p).",
              "- Accuracy in %: TP / (TP + FP + FN) of a frame, notes drawn with their probability,"
                  + " silent frames counted as 0, as the paper's authors do it; the other"
                  + " accuracies are below for 25 %, and in table1.csv for all rates."),
          REGIMES);

  /** Of table 2. */
  static final List<String> SPEECH =
      join(
          List.of(
              "- Published: VSDN paper, table 2, on 6300 sentences of TIMIT, whose scale it does not"
                  + " say; ours: the data above, each file scaled to a peak of 1 unless it says"
                  + " otherwise. RMSE and NLL depend on the scale: the figures compare systems on the"
                  + " same data, not ours with theirs.",
              "- NLL in nats of one sample, ½ ((y − μ)/σ)² + log σ + ½ log 2π, log σ from −7 to 2."
                  + " Published: its β is not said.",
              "- RMSE: the root mean squared error of each segment, averaged."),
          REGIMES);

  private TableNotes() {}

  private static List<String> join(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
