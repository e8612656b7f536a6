package girsanov.bench.compare;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.compile.Program;
import girsanov.models.training.Progress;
import girsanov.models.training.Trainer;
import girsanov.tensor.Noise;
import girsanov.tensor.Precision;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;
import java.util.List;
import java.util.Optional;

/** Girsanov itself, as a user would call it. */
record Ours(Teams teams) implements Peer {

  @Override
  public String name() {
    return "girsanov";
  }

  @Override
  public Optional<Contender> enter(Work work, int threads) {
    return switch (work) {
      case Work.Product product ->
          Optional.of(
              product.precision() == Precision.FLOAT
                  ? new FloatProduct(product, teams.of(threads))
                  : new DoubleProduct(product, teams.of(threads)));
      case Work.Mapping mapping -> Optional.of(new Mapping(mapping));
      case Work.Normals normals -> Optional.of(new Normals(normals.n()));
      case Work.Training training -> {
        var trainer =
            new Trainer(
                training.objective(),
                training.start().copy(),
                training.adam(),
                teams.of(threads),
                training.blockRows());
        yield Optional.of(new Training(trainer));
      }
      case Work.Figure figure -> Optional.of(new Figures(figure));
    };
  }

  /** A compiled graph of one operation. */
  private static final class Mapping implements Contender {
    private final Program.Execution execution;

    Mapping(Work.Mapping work) {
      Expr x = Expr.input("x", work.n());
      var graph = new Graph(List.of(x), work.function().ours.apply(x));
      execution = Program.compile(graph, Precision.FLOAT).newExecution();
      Tensor input = execution.input(0);
      double[] values = work.x();
      for (int i = 0; i < values.length; i++) {
        input.put(i, values[i]);
      }
    }

    @Override
    public String name() {
      return "girsanov";
    }

    @Override
    public double run(int repetitions) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        execution.run();
      }
      return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public double[] result() {
      execution.run();
      return execution.output(0).toArray();
    }
  }

  private static final class Normals implements Contender {
    private final Tensor normals;
    private long stream;

    Normals(int n) {
      normals = Tensor.zeros(Precision.FLOAT, Shape.of(n));
    }

    @Override
    public String name() {
      return "girsanov";
    }

    @Override
    public double run(int repetitions) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        Noise.normal(0, stream++, 0, normals);
      }
      return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public double[] result() {
      Noise.normal(0, stream++, 0, normals);
      double sum = 0;
      double squares = 0;
      for (double x : normals.toArray()) {
        sum += x;
        squares += x * x;
      }
      return new double[] {sum / normals.size(), squares / normals.size()};
    }
  }

  private record Training(Trainer trainer) implements Contender {
    @Override
    public String name() {
      return "girsanov";
    }

    @Override
    public double run(int repetitions) {
      long start = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        Progress unused = trainer.step();
      }
      return (System.nanoTime() - start) * 1e-9;
    }

    @Override
    public double[] result() {
      Progress first = trainer.step();
      return new double[] {first.total(), first.gradientNorm()};
    }
  }
}
