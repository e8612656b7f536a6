package girsanov.autodiff.compile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program as {@link FloatMachine} does, in the memory of one of its executions, and takes
 * the time of each instruction. It lies in the compiler's package, and calls what only that may
 * call, so that the compiler itself has no clock in its innermost loop. Products, tile loops and so
 * on are timed alone; what loops around them do is not.
 */
public final class InstructionClock {
  private final FloatMachine machine;
  private final Map<String, Reading> readings = new LinkedHashMap<>();
  private final Timed[] program;

  /** An instruction and where its time is noted; or a loop, and what is in it. */
  private record Timed(Instruction instruction, @Nullable Reading reading, Timed[] body) {}

  /**
   * Of a single-precision program that has run.
   *
   * @throws IllegalArgumentException if it is of another precision
   */
  public InstructionClock(Program.Execution execution) {
    if (!(execution.machine instanceof FloatMachine floats)) {
      throw new IllegalArgumentException("expected a program of precision FLOAT, got another");
    }
    machine = floats;
    program = timed(floats.instructions);
  }

  /** One more run, added to the readings. */
  public void run() {
    run(program);
  }

  /** Forgets what was timed so far. */
  public void reset() {
    readings.values().forEach(Reading::reset);
  }

  /** One for all instructions that are alike. */
  public List<Reading> readings() {
    return List.copyOf(readings.values());
  }

  private Timed[] timed(Instruction[] instructions) {
    var timed = new Timed[instructions.length];
    for (int i = 0; i < timed.length; i++) {
      if (instructions[i] instanceof Instruction.Loop loop) {
        timed[i] = new Timed(loop, null, timed(loop.body()));
      } else {
        Reading reading = Reading.of(instructions[i]);
        reading = readings.merge(reading.what(), reading, (first, _) -> first);
        timed[i] = new Timed(instructions[i], reading, new Timed[0]);
      }
    }
    return timed;
  }

  private void run(Timed[] timed) {
    for (Timed each : timed) {
      if (each.instruction instanceof Instruction.Loop loop) {
        run(loop, each.body);
      } else if (each.reading != null) {
        long start = System.nanoTime();
        run(each.instruction);
        each.reading.add(System.nanoTime() - start);
      }
    }
  }

  private void run(Instruction instruction) {
    switch (instruction) {
      case Instruction.TileLoop tiles -> machine.run(tiles);
      case Instruction.Product product -> machine.run(product);
      case Instruction.Pack pack -> machine.run(pack);
      case Instruction.Reduce reduce -> machine.run(reduce);
      case Instruction.Copy copy -> machine.run(copy);
      case Instruction.Clear clear -> machine.run(clear);
      case Instruction.Loop _ -> throw new IllegalStateException("a loop is run by its body");
    }
  }

  /** As {@code FloatMachine.run(Loop)}. */
  private void run(Instruction.Loop loop, Timed[] body) {
    for (int step = 0; step < loop.length(); step++) {
      int t = loop.reverse() ? loop.length() - 1 - step : step;
      for (Instruction.Slide slide : loop.slides()) {
        machine.slide(slide, t);
      }
      for (Instruction.Carry carry : loop.carries()) {
        machine.carry(carry, step, t);
      }
      run(body);
    }
  }
}
