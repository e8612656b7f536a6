package girsanov.bench.compare;

import girsanov.tensor.Precision;
import girsanov.tensor.Warmup;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code bench/compare --machine-code METHOD ROW}: what the optimising compiler made of a method
 * while a row ran, and of what its innermost loops consist.
 *
 * <p>A JVM of its own runs the row and prints the bytes, which HotSpot does without a disassembler;
 * {@code objdump}, of binutils, reads them.
 *
 * @param method as HotSpot names it: with {@code @} and a bytecode's index if compiled inside of a
 *     running loop, and with its length, which tells overloads apart
 */
record MachineCode(String method, List<Instruction> instructions) {
  private static final String OBJDUMP = "objdump";
  private static final int THREADS = 2;
  private static final long RUN_NANOS = 4_000_000_000L;

  private static final Pattern COMPILED = Pattern.compile("Compiled method \\(c2\\).*? (\\S+::.*)");
  private static final Pattern BYTES = Pattern.compile(" *0x([0-9a-f]{16}): *([0-9a-f |]*).*");
  private static final Pattern DISASSEMBLED =
      Pattern.compile(" *([0-9a-f]+):\\s+(?:\\{\\w+} )?(\\S+)\\s*(.*)");

  /**
   * One line of the disassembly.
   *
   * @param operands in Intel's order, the destination first; addresses are absolute
   */
  record Instruction(long address, String mnemonic, String operands) {
    @Override
    public String toString() {
      return "%x: %-14s %s".formatted(address, mnemonic, operands).stripTrailing();
    }
  }

  /** The code of the methods that a HotSpot pattern means, as they are after some seconds. */
  static List<MachineCode> of(String pattern, Row row) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:CompileCommand=quiet", "-XX:CompileCommand=print," + pattern));
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MachineCode.class.getName(), row.name()));
    return fromOutput(command, MachineCode::parse);
  }

  /** The process that runs a row. Argument: its name. */
  public static void main(String[] args) {
    Row row = Rows.meantBy(List.of(args[0])).getFirst();
    // As before every comparison: a branch that was never taken would be compiled away.
    Warmup.all(Precision.FLOAT);
    Warmup.all(Precision.DOUBLE);
    try (var teams = new Teams(THREADS)) {
      Contender ours = new Ours(teams).enter(row.work().get(), row.threads()).orElseThrow();
      long start = System.nanoTime();
      while (System.nanoTime() - start < RUN_NANOS) {
        ours.run(1);
      }
      ours.close();
    }
  }

  /**
   * What HotSpot printed: of each method the last code, which replaced the others. What was
   * compiled inside of a running loop, as the warm-up's, counts only if nothing else was.
   */
  static List<MachineCode> parse(BufferedReader output) throws IOException {
    var methods = new LinkedHashMap<String, MachineCode>();
    var insideLoops = new LinkedHashMap<String, MachineCode>();
    @Nullable String method = null;
    boolean inside = false;
    long start = 0;
    var bytes = new ByteArrayOutputStream();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher compiled = COMPILED.matcher(line);
      Matcher printed = BYTES.matcher(line);
      if (compiled.matches()) {
        method = compiled.group(1);
      } else if (line.startsWith("[MachCode]")) {
        inside = method != null;
        start = 0;
        bytes.reset();
      } else if (line.startsWith("[/MachCode]") && inside) {
        String name = Objects.requireNonNull(method);
        var code = new MachineCode(name, disassemble(bytes.toByteArray(), start));
        (name.contains(" @ ") ? insideLoops : methods).put(name.replaceFirst(" @ \\d+", ""), code);
        inside = false;
        method = null;
      } else if (inside && printed.matches()) {
        start = start == 0 ? Long.parseUnsignedLong(printed.group(1), 16) : start;
        bytes.writeBytes(HexFormat.of().parseHex(printed.group(2).replaceAll("[ |]", "")));
      }
    }
    return List.copyOf((methods.isEmpty() ? insideLoops : methods).values());
  }

  private static List<Instruction> disassemble(byte[] bytes, long start) throws IOException {
    Path file = Files.createTempFile("girsanov", ".bin");
    try {
      Files.write(file, bytes);
      var command = new ArrayList<>(List.of(OBJDUMP, "-D", "-b", "binary", "-m", "i386:x86-64"));
      command.addAll(List.of("-M", "intel", "-w", "--no-show-raw-insn"));
      command.addAll(List.of("--adjust-vma=" + start, file.toString()));
      return fromOutput(command, MachineCode::instructions);
    } finally {
      Files.delete(file);
    }
  }

  private static List<Instruction> instructions(BufferedReader listing) throws IOException {
    var instructions = new ArrayList<Instruction>();
    for (String line = listing.readLine(); line != null; line = listing.readLine()) {
      Matcher matcher = DISASSEMBLED.matcher(line);
      if (matcher.matches()) {
        long address = Long.parseUnsignedLong(matcher.group(1), 16);
        instructions.add(new Instruction(address, matcher.group(2), matcher.group(3)));
      }
    }
    return instructions;
  }

  private interface Reading<T> {
    T of(BufferedReader output) throws IOException;
  }

  /** What is made of a program's output, if it ends well; what it complained of is shown. */
  private static <T> T fromOutput(List<String> command, Reading<T> reading) throws IOException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader output = process.inputReader()) {
      T result = reading.of(output);
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException(
            "expected %s to end well, got exit status %d".formatted(command.getFirst(), status));
      }
      return result;
    } catch (InterruptedException e) {
      process.destroy();
      throw new IOException("interrupted", e);
    }
  }

  /** What keeps this from working here, in one sentence. */
  static Optional<String> missing() {
    String architecture = System.getProperty("os.arch");
    if (!architecture.equals("amd64")) {
      return Optional.of("expected an amd64 machine, got " + architecture);
    }
    try {
      new ProcessBuilder(OBJDUMP, "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start();
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("expected the program objdump, got none; install binutils");
    }
  }
}
