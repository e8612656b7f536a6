package girsanov.models.training;

import girsanov.autodiff.Expr;
import girsanov.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a {@link Trainer} minimises: a loss that is a sum over independent rows (sequences), each
 * with its own noise. Rows being independent, the trainer may cut the batch into blocks, trace and
 * compile the loss once for a block's number of rows, and fill and run the blocks in any order.
 */
public interface Objective {

  /**
   * The model: a record whose {@linkplain girsanov.models.nn.Parameters parameters} are learned.
   */
  Record model();

  /** The rows of the whole batch. */
  int sequences();

  /** The loss of a block of rows. */
  Loss trace(int rows);

  /**
   * Fills the inputs of a block whose first row is {@code from}; the number of rows is theirs. What
   * is filled, data and noise, is a pure function of (iteration, absolute row), so that it depends
   * neither on how the batch is cut nor on which thread asks. Called by several threads at once,
   * for different blocks; should allocate nothing.
   *
   * @param iteration 0, 1, … in training; an {@link Evaluation} counts its draws from {@link
   *     Evaluation#FIRST_DRAW}
   * @param inputs a tensor for each of {@link Loss#inputs}, in order
   */
  void fill(long iteration, int from, List<Tensor> inputs);

  /**
   * A traced loss. {@code total} and the named terms, which are reported beside it, are scalars
   * summed over the rows; the trainer divides by {@link Objective#sequences}.
   *
   * @param inputs data, times and noise; the model's parameters are inputs too, but not listed
   */
  record Loss(List<Expr> inputs, SequencedMap<String, Expr> terms, Expr total) {
    public Loss {
      inputs = List.copyOf(inputs);
      terms = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(terms));
      for (Expr scalar : terms.values()) {
        checkScalar(scalar);
      }
      checkScalar(total);
    }

    private static void checkScalar(Expr term) {
      if (term.shape().rank() != 0) {
        throw new IllegalArgumentException(
            "loss: expected scalars summed over the rows, got "
                + term.shape()
                + " from "
                + term.where()
                + "; sum() it");
      }
    }
  }
}
