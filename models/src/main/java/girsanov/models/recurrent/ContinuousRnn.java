package girsanov.models.recurrent;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Scan;
import girsanov.tensor.Shape;
import java.util.List;

/**
 * A recurrent network whose state moves by a differential equation between the frames of a sequence
 * and jumps where a frame is observed.
 */
public sealed interface ContinuousRnn permits GruOde, OdeRnn {

  /** Numbers of what others read of a state. */
  int hidden();

  /** Numbers of a state, {@link #hidden} or more. */
  int state();

  /** The state one frame before the first, {@code [state]}. */
  Expr start();

  /** The state a frame later, {@code [row, state]}. */
  Expr evolve(Expr state);

  /**
   * The state after a frame was observed.
   *
   * @param state {@code [row, state]}
   * @param given what {@link #given} makes of the frame, {@code [row, ..]}
   * @param seen {@code [row, 1]}: 0 where the frame was not observed; the state then stays
   */
  Expr observe(Expr state, Expr given, Expr seen);

  /** The part of a jump that does not depend on the state, of all frames at once. */
  Expr given(Expr values);

  /**
   * The states before and after the observation of each frame, {@code [frame, row, hidden]}. Before
   * frame i a state knows the frames before i (or after i, if reversed); after it, frame i too.
   */
  record States(Expr before, Expr after) {}

  /**
   * Reads a sequence.
   *
   * @param values {@code [frame, row, dim]}; what stands where a frame is not seen has no effect
   *     unless it is not finite
   * @param seen 1 or 0, {@code [frame, row]}
   * @param reverse from the last frame to the first
   */
  default States run(Expr values, Expr seen, boolean reverse) {
    int rows = values.shape().dim(1);
    Expr first = start().broadcastTo(Shape.of(rows, state()));
    Scan.Step step =
        (carry, frame) -> {
          Expr before = evolve(carry.getFirst());
          return List.of(observe(before, frame.get(0), frame.get(1)), before);
        };
    List<Expr> stacks =
        Scan.of(
                List.of(first, Expr.zeros(first.shape())),
                List.of(given(values), seen.insertAxis(2)),
                reverse,
                step)
            .stacks();
    return new States(read(stacks.get(1)), read(stacks.get(0)));
  }

  /** What others read of a state, {@code [.., state] → [.., hidden]}. */
  default Expr read(Expr state) {
    return state.slice(-1, 0, hidden());
  }
}
