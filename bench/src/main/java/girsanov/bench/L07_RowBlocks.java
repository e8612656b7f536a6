package girsanov.bench;

import girsanov.bench.model.GruEncoder;
import girsanov.models.training.Adam;
import girsanov.models.training.ParameterVector;
import girsanov.models.training.Schedule;
import girsanov.models.training.Trainer;
import girsanov.tensor.Precision;
import girsanov.tensor.Workers;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Lesson 7: rows that do not need each other should go through all time steps by the block.
 *
 * <p>A recurrent network of 100 units makes some numbers at each of 41 steps that its derivative
 * reads again, last step first. For 1024 rows at once these fill more than the caches; for 32 rows
 * they are still near when the derivative comes for them. Too few rows, and the matrix products
 * have no use for what they load.
 *
 * <p>How to run: {@code bench/run L07}; times are per row of a whole training step, forward and
 * backward, on one thread. What you should see: neither end is best. With blocks of 32 a row took
 * 111 ± 12 µs on Zen 4, with all 1024 rows in one block 169 ± 63 and with two rows in each 176 ±
 * 43; JMH's errors, of four iterations on a shared machine. The learning rate is 0, so that every
 * step is the first; every trial ends by comparing its loss with one in double precision, cut in
 * other blocks.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class L07_RowBlocks {
  private static final int ROWS = 1024;

  @Param({"2", "32", "1024"})
  int blockRows;

  @Param("" + ROWS)
  int batch;

  private final Workers workers = new Workers(1);
  private DoubleSupplier step = () -> Double.NaN;
  private double loss;
  private double expected;

  /** A trainer with blocks of that size, and the loss that it should find. */
  @Setup(Level.Trial)
  public void prepare() {
    girsanov.tensor.Warmup.run();
    step = step(Precision.FLOAT, blockRows);
    expected = step(Precision.DOUBLE, 8).getAsDouble();
  }

  private DoubleSupplier step(Precision precision, int rows) {
    var objective = GruEncoder.of(batch);
    var parameters = ParameterVector.initial(objective.model(), precision, 0);
    var adam = Adam.of(Schedule.constant(0));
    var trainer = new Trainer(objective, parameters, adam, workers, rows);
    return () -> trainer.step().total();
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public double step() {
    loss = step.getAsDouble();
    return loss;
  }

  @TearDown(Level.Trial)
  public void check() {
    workers.close();
    Agreement.check("loss", expected, loss, 1e-5 * expected);
  }
}
