package girsanov.autodiff.compile;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program as {@link FloatMachine} does, in the memory of one of its executions, and takes
 * the time of each instruction. It lies in the compiler's package, and calls what is private there,
 * so that the compiler itself has no clock in its innermost loop. Products, tile loops and so on
 * are timed alone; what loops around them do is not.
 */
public final class InstructionClock {
  private static final MethodHandles.Lookup INSIDE = inside();
  private static final MethodHandle TILES = run(Instruction.TileLoop.class);
  private static final MethodHandle PRODUCT = run(Instruction.Product.class);
  private static final MethodHandle PACK = run(Instruction.Pack.class);
  private static final MethodHandle REDUCE = run(Instruction.Reduce.class);
  private static final MethodHandle COPY = run(Instruction.Copy.class);
  private static final MethodHandle CLEAR = run(Instruction.Clear.class);
  private static final MethodHandle SLIDE = find("slide", Instruction.Slide.class, int.class);
  private static final MethodHandle CARRY =
      find("carry", Instruction.Carry.class, int.class, int.class);

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
    if (!(field(Program.Execution.class, "machine", execution) instanceof FloatMachine floats)) {
      throw new IllegalArgumentException("expected a program of precision FLOAT, got another");
    }
    machine = floats;
    Object instructions = field(FloatMachine.class, "instructions", floats);
    program = timed((Instruction[]) instructions);
  }

  /** One more run, added to the readings. */
  public void run() {
    try {
      run(program);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("the machine throws no checked exception", e);
    }
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

  private void run(Timed[] timed) throws Throwable {
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

  private void run(Instruction instruction) throws Throwable {
    switch (instruction) {
      case Instruction.TileLoop tiles -> TILES.invokeExact(machine, tiles);
      case Instruction.Product product -> PRODUCT.invokeExact(machine, product);
      case Instruction.Pack pack -> PACK.invokeExact(machine, pack);
      case Instruction.Reduce reduce -> REDUCE.invokeExact(machine, reduce);
      case Instruction.Copy copy -> COPY.invokeExact(machine, copy);
      case Instruction.Clear clear -> CLEAR.invokeExact(machine, clear);
      case Instruction.Loop _ -> throw new IllegalStateException("a loop is run by its body");
    }
  }

  /** As {@code FloatMachine.run(Loop)}. */
  private void run(Instruction.Loop loop, Timed[] body) throws Throwable {
    for (int step = 0; step < loop.length(); step++) {
      int t = loop.reverse() ? loop.length() - 1 - step : step;
      for (Instruction.Slide slide : loop.slides()) {
        SLIDE.invokeExact(machine, slide, t);
      }
      for (Instruction.Carry carry : loop.carries()) {
        CARRY.invokeExact(machine, carry, step, t);
      }
      run(body);
    }
  }

  private static MethodHandles.Lookup inside() {
    try {
      return MethodHandles.privateLookupIn(FloatMachine.class, MethodHandles.lookup());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("expected the class path, not modules", e);
    }
  }

  private static MethodHandle run(Class<?> instruction) {
    return find("run", instruction);
  }

  private static MethodHandle find(String name, Class<?>... parameters) {
    try {
      return INSIDE.findVirtual(FloatMachine.class, name, methodType(void.class, parameters));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("FloatMachine has changed: follow it here", e);
    }
  }

  private static Object field(Class<?> holder, String name, Object object) {
    try {
      var field = holder.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(object);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(holder + " has changed: follow it here", e);
    }
  }
}
