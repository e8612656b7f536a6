package girsanov.models.frames;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.models.data.Segments;
import girsanov.models.data.Subsampling;
import girsanov.models.training.Evaluation;
import girsanov.models.training.ParameterVector;
import girsanov.tensor.FloatTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import girsanov.tensor.Workers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What a trained model says of frames. Everything is a pure function of the seed and a segment's
 * number, on any number of threads.
 */
public final class FrameSampler {
  /** Segments that are computed together. */
  private static final int ROWS = 8;

  private static final long UNIFORM = 1L << 57;
  private static final long NORMAL = UNIFORM + 1;

  private final FrameModel model;
  private final ParameterVector parameters;
  private final long seed;
  private final Workers workers;

  /**
   * A sampler.
   *
   * @param parameters of the model, trained
   * @param seed of all noise, and of the frames that are observed where those are drawn
   */
  public FrameSampler(FrameModel model, ParameterVector parameters, long seed, Workers workers) {
    this.model = model;
    this.parameters = parameters;
    this.seed = seed;
    this.workers = workers;
  }

  /** What is asked of the distribution of each number of a frame. */
  public enum Moment {
    /** E[y | θ]. */
    MEAN,
    /** ½ log Var[y | θ]. */
    LOG_STD
  }

  /** A moment of the distributions that a model gives in a regime. */
  public record Asked(Regime regime, Moment moment) {
    /** The means. */
    public static Asked mean(Regime regime) {
      return new Asked(regime, Moment.MEAN);
    }
  }

  /** Takes what was computed for one draw of a few segments; by several threads at once. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * One draw; those of a block of segments come in order.
     *
     * @param from the number of the first segment
     * @param seen which frames were observed, {@code [frame, row]}
     * @param moments what was asked for, each {@code [frame, row, dim]}; rows past the last segment
     *     mean nothing
     */
    void visit(int draw, int from, Tensor seen, List<Tensor> moments);
  }

  /** Visits a number of draws of all segments. */
  public void visit(
      Segments data, Subsampling subsampling, int draws, List<Asked> asked, Visitor visitor) {
    var filler = new GivenInputs(data, subsampling, 1, model.noise(), false, seed);
    GivenInputs.Traced traced = filler.trace(ROWS);
    var outputs = new ArrayList<Expr>();
    var thetas = new EnumMap<Regime, Expr>(Regime.class);
    for (Asked each : asked) {
      Expr theta =
          thetas.computeIfAbsent(
              each.regime, regime -> model.distribution(traced.given(), regime).get(2, 0));
      outputs.add(
          switch (each.moment) {
            case MEAN -> model.likelihood().mean(theta);
            case LOG_STD -> model.likelihood().logStd(theta);
          });
    }
    var executions = new ConcurrentLinkedQueue<Program.Execution>();
    Program program = compile(traced.inputs(), outputs);
    workers.parallel(
        Math.ceilDiv(data.count(), ROWS),
        block -> {
          Program.Execution free = executions.poll();
          Program.Execution execution = free == null ? execution(program, traced.inputs()) : free;
          List<Tensor> inputs = tensors(traced.inputs().size(), execution::input);
          List<Tensor> moments = tensors(asked.size(), execution::output);
          int from = block * ROWS;
          for (int draw = 0; draw < draws; draw++) {
            filler.fill(
                Evaluation.FIRST_DRAW + draw,
                from,
                position -> (int) Math.min(position, data.count() - 1),
                from,
                inputs);
            execution.run();
            visitor.visit(draw, from, inputs.get(1), moments);
          }
          executions.add(execution);
        });
  }

  /** E[y] of each frame, a mean over draws, {@code [segment, frame, dim]}. */
  public FloatTensor expected(Segments data, Subsampling subsampling, Regime regime, int draws) {
    FloatTensor expected = FloatTensor.zeros(data.values().shape());
    visit(
        data,
        subsampling,
        draws,
        List.of(Asked.mean(regime)),
        (_, from, _, means) -> addShare(means.getFirst(), from, draws, expected));
    return expected;
  }

  /**
   * Adds a draw's share to a mean over draws.
   *
   * @param draw {@code [frame, row, dim]}; rows past the last segment are passed over
   * @param from the segment of row 0
   * @param mean {@code [segment, frame, dim]}
   */
  static void addShare(Tensor draw, int from, int draws, FloatTensor mean) {
    int rows = draw.shape().dim(1);
    int frames = mean.shape().dim(1);
    int dim = mean.shape().dim(2);
    for (int row = 0; row < Math.min(rows, mean.shape().dim(0) - from); row++) {
      for (int frame = 0; frame < frames; frame++) {
        int source = (frame * rows + row) * dim;
        int target = ((from + row) * frames + frame) * dim;
        for (int d = 0; d < dim; d++) {
          mean.put(target + d, mean.at(target + d) + draw.at(source + d) / draws);
        }
      }
    }
  }

  /**
   * Sequences drawn from the generative model alone.
   *
   * @param told which of its own frames the model is told of: as many as there were observed in
   *     training
   * @return {@code [sequence, frame, dim]}
   */
  public FloatTensor generate(int count, int frames, Subsampling told) {
    int dim = model.likelihood().dim();
    Segments none =
        new Segments(
            FloatTensor.zeros(Shape.of(1, frames, dim)), 1, Collections.nCopies(1, "none"));
    var filler = new GivenInputs(none, told, 1, model.noise(), false, seed);
    GivenInputs.Traced traced = filler.trace(count);
    Expr toldOf = Expr.input("told", frames, count);
    Expr uniform = Expr.input("uniform", frames, count, dim);
    Expr normal = Expr.input("normal", frames, count, dim);
    Expr drawn = model.generate(traced.given(), toldOf, uniform, normal);
    var all = new ArrayList<>(traced.inputs());
    all.addAll(List.of(toldOf, uniform, normal));
    Program.Execution execution = execution(compile(all, List.of(drawn)), all);
    List<Tensor> inputs = tensors(all.size(), execution::input);
    filler.fill(Evaluation.FIRST_DRAW, 0, _ -> 0, 0, inputs);
    inputs.get(4).copyFrom(inputs.get(1));
    inputs.get(1).fill(0);
    Noise.uniform(seed, UNIFORM, 0, inputs.get(5));
    Noise.normal(seed, NORMAL, 0, inputs.get(6));
    execution.run();
    Tensor stacked = execution.output(0);
    FloatTensor sequences = FloatTensor.zeros(Shape.of(count, frames, dim));
    for (int i = 0; i < stacked.size(); i++) {
      int frame = i / (count * dim);
      int sequence = i / dim % count;
      sequences.put((sequence * frames + frame) * dim + i % dim, stacked.at(i));
    }
    return sequences;
  }

  private Program compile(List<Expr> inputs, List<Expr> outputs) {
    var all = new ArrayList<>(inputs);
    parameters.parameters().values().forEach(parameter -> all.add(parameter.expr()));
    return Program.compile(new Graph(all, outputs), parameters.precision());
  }

  private Program.Execution execution(Program program, List<Expr> inputs) {
    Program.Execution execution = program.newExecution();
    int next = inputs.size();
    for (Tensor tensor : parameters.tensors().values()) {
      execution.bindInput(next++, tensor);
    }
    return execution;
  }

  @FunctionalInterface
  private interface ByNumber {
    Tensor get(int number);
  }

  private static List<Tensor> tensors(int count, ByNumber source) {
    var tensors = new ArrayList<Tensor>();
    for (int i = 0; i < count; i++) {
      tensors.add(source.get(i));
    }
    return tensors;
  }
}
