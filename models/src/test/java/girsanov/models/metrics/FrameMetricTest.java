package girsanov.models.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import girsanov.models.metrics.FrameAccuracy.Decision;
import girsanov.models.metrics.FrameAccuracy.Silence;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accuracy and error of frames against values by hand. */
final class FrameMetricTest {
  private static final double EPSILON = 1e-8;

  private static Tensor frame(double... notes) {
    return Tensor.of(Precision.FLOAT, Shape.of(notes.length), notes);
  }

  /** Accuracy of one frame of certain notes. */
  private static FrameAccuracy certain(Decision decision, Tensor predicted, Tensor truth) {
    var accuracy = new FrameAccuracy(decision, 1, truth.size(), 1, 0);
    accuracy.addFrame(0, predicted, 0, truth, 0);
    return accuracy;
  }

  @ParameterizedTest
  @EnumSource
  void silencePredictedAsSilenceIsLeftOutOrZero(Decision decision) {
    FrameAccuracy accuracy = certain(decision, frame(0, 0, 0), frame(0, 0, 0));
    assertTrue(Double.isNaN(accuracy.accuracy(Silence.EXCLUDED)));
    assertEquals(0, accuracy.accuracy(Silence.COUNTED_AS_ZERO));
    assertTrue(Double.isNaN(accuracy.accumulated()));
  }

  @ParameterizedTest
  @EnumSource
  void notesInSilenceAreLeftOutOrZero(Decision decision) {
    FrameAccuracy accuracy = certain(decision, frame(0, 1, 1), frame(0, 0, 0));
    assertTrue(Double.isNaN(accuracy.accuracy(Silence.EXCLUDED)));
    assertEquals(0, accuracy.accuracy(Silence.COUNTED_AS_ZERO));
    assertEquals(0, accuracy.accumulated());
  }

  @ParameterizedTest
  @EnumSource
  void silenceInNotesIsZero(Decision decision) {
    FrameAccuracy accuracy = certain(decision, frame(0, 0, 0), frame(0, 1, 1));
    assertEquals(0, accuracy.accuracy(Silence.EXCLUDED));
    assertEquals(0, accuracy.accuracy(Silence.COUNTED_AS_ZERO));
    assertEquals(0, accuracy.accumulated());
  }

  @ParameterizedTest
  @EnumSource
  void identicalFramesAreOne(Decision decision) {
    FrameAccuracy accuracy = certain(decision, frame(1, 0, 1), frame(1, 0, 1));
    assertEquals(1, accuracy.accuracy(Silence.EXCLUDED));
    assertEquals(2 / (2 + EPSILON), accuracy.accuracy(Silence.COUNTED_AS_ZERO));
    assertEquals(1, accuracy.accumulated());
  }

  @ParameterizedTest
  @EnumSource
  void whatNeitherPlaysCountsForNothing(Decision decision) {
    // One note right, one missed, two too many.
    FrameAccuracy accuracy = certain(decision, frame(1, 0, 1, 1, 0), frame(1, 1, 0, 0, 0));
    assertEquals(0.25, accuracy.accuracy(Silence.EXCLUDED));
    assertEquals(1 / (4 + EPSILON), accuracy.accuracy(Silence.COUNTED_AS_ZERO));
  }

  /** Frames, then sequences: a long sequence weighs no more than a short one. */
  @Test
  void meansAreOfSequences() {
    var accuracy = new FrameAccuracy(Decision.THRESHOLD, 3, 2, 1, 0);
    Tensor predicted = frame(0.9, 0.4);
    accuracy.addFrame(0, predicted, 0, frame(1, 0), 0);
    for (int i = 0; i < 3; i++) {
      accuracy.addFrame(1, predicted, 0, frame(1, 1), 0);
    }
    accuracy.addFrame(1, predicted, 0, frame(0, 0), 0);
    assertEquals((1 + 0.5) / 2, accuracy.accuracy(Silence.EXCLUDED));
    assertEquals((1 + 0.375) / 2, accuracy.accuracy(Silence.COUNTED_AS_ZERO), 1e-7);
    assertEquals((1 + 3.0) / (1 + 6 + 1), accuracy.accumulated());
  }

  /** With p for a note that is played and 0 elsewhere, a sampled frame is right with chance p. */
  @Test
  void sampledNotesComeWithTheirChance() {
    int draws = 10_000;
    FloatTensor predicted = FloatTensor.zeros(Shape.of(1, 1, draws, 2));
    for (int draw = 0; draw < draws; draw++) {
      predicted.put(2 * draw, 0.3);
    }
    Tensor truth = frame(1, 0).reshape(Shape.of(1, 1, 2));
    Tensor scored = frame(1).reshape(Shape.of(1, 1));
    var sampled = new FrameAccuracy(Decision.SAMPLED, 1, 2, 1, 0);
    sampled.addBatch(0, predicted, truth, scored);
    double standardError = Math.sqrt(0.3 * 0.7 / draws);
    assertEquals(0.3, sampled.accuracy(Silence.EXCLUDED), 4 * standardError);
    var threshold = new FrameAccuracy(Decision.THRESHOLD, 1, 2, 1, 0);
    threshold.addBatch(0, predicted, truth, scored);
    assertEquals(0, threshold.accuracy(Silence.EXCLUDED));
  }

  /** The same frames as models and as baselines give them, and cut into batches otherwise. */
  @Test
  void layoutsAndCutsAgree() {
    int frames = 5;
    int rows = 4;
    FloatTensor byFrame = FloatTensor.zeros(Shape.of(frames, rows, 1, 3));
    FloatTensor truthByFrame = FloatTensor.zeros(Shape.of(frames, rows, 3));
    FloatTensor scored = FloatTensor.zeros(Shape.of(frames, rows));
    FloatTensor bySegment = FloatTensor.zeros(Shape.of(rows, frames, 3));
    FloatTensor truthBySegment = FloatTensor.zeros(Shape.of(rows, frames, 3));
    for (int frame = 0; frame < frames; frame++) {
      for (int row = 0; row < rows; row++) {
        scored.set((frame * 3 + row) % 4 == 0 ? 0 : 1, frame, row);
        for (int d = 0; d < 3; d++) {
          double p = ((frame * 7 + row * 5 + d * 3) % 11) / 10.0;
          double y = (frame + row * 2 + d) % 3 == 0 ? 1 : 0;
          byFrame.set(p, frame, row, 0, d);
          bySegment.set(p, row, frame, d);
          truthByFrame.set(y, frame, row, d);
          truthBySegment.set(y, row, frame, d);
        }
      }
    }
    var whole = new FrameAccuracy(Decision.SAMPLED, rows, 3, 5, 9);
    whole.addSegments(bySegment, truthBySegment, scored);
    var cut = new FrameAccuracy(Decision.SAMPLED, rows, 3, 5, 9);
    var error = new SequenceError(rows, 3);
    error.addSegments(bySegment, truthBySegment, scored);
    var errorOfBatch = new SequenceError(rows, 3);
    errorOfBatch.addBatch(0, byFrame, truthByFrame, scored);
    for (int row = rows - 1; row >= 0; row--) {
      cut.addBatch(
          row,
          column(byFrame.reshape(Shape.of(frames, rows, 3)), row)
              .reshape(Shape.of(frames, 1, 1, 3)),
          column(truthByFrame, row),
          column(scored.reshape(Shape.of(frames, rows, 1)), row).reshape(Shape.of(frames, 1)));
    }
    for (Silence silence : Silence.values()) {
      assertEquals(whole.accuracy(silence), cut.accuracy(silence));
    }
    assertEquals(whole.accumulated(), cut.accumulated());
    assertEquals(error.value(), errorOfBatch.value());
  }

  /** Row {@code row} of {@code [frame, row, dim]}, {@code [frame, 1, dim]}. */
  private static Tensor column(Tensor x, int row) {
    Shape shape = x.shape();
    FloatTensor column = FloatTensor.zeros(shape.with(1, 1));
    for (int frame = 0; frame < shape.dim(0); frame++) {
      column.row(frame).row(0).copyFrom(x.row(frame).row(row));
    }
    return column;
  }

  @Test
  void errorsAreRootsOfMeansOfEachSequence() {
    var error = new SequenceError(3, 2);
    error.addFrame(0, frame(1, 2), 0, frame(4, 6), 0);
    error.addFrame(2, frame(1, 2), 0, frame(1, 2), 0);
    error.addFrame(2, frame(1, 2), 0, frame(1, 0), 0);
    // √((9 + 16) / 2) and √((0 + 0 + 0 + 4) / 4); of sequence 1 nothing was added.
    assertEquals((Math.sqrt(12.5) + 1) / 2, error.value(), 1e-15);
  }

  @Test
  void refusesOtherShapes() {
    var error = new SequenceError(2, 3);
    FloatTensor frames = FloatTensor.zeros(Shape.of(2, 5, 3));
    FloatTensor scored = FloatTensor.zeros(Shape.of(2, 5));
    assertThrows(IllegalArgumentException.class, () -> error.addSegments(frames, frames, scored));
    assertThrows(IllegalArgumentException.class, () -> error.addBatch(0, frames, frames, scored));
  }
}
