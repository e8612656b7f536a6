package girsanov.bench.compare;

import girsanov.bench.compare.MachineCode.Instruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Of what the innermost loops of compiled code consist. A loop is what lies between a jump back and
 * its target; what the compiler has moved out of line is not counted.
 *
 * @param loop in the order of addresses, the jump back last
 */
record InstructionMix(List<Instruction> loop) {
  private static final Pattern TARGET = Pattern.compile("0x[0-9a-f]+");
  private static final Pattern VECTOR = Pattern.compile(".*\\b[xyz]mm\\d+.*");
  private static final Pattern FMA = Pattern.compile("vfn?m(add|sub|addsub|subadd)\\d.*");

  /** What only moves numbers, between registers or from and to memory. */
  private static final Pattern MOVE = Pattern.compile("v?mov.*|v?p?broadcast.*|vbroadcast.*");

  private static final String HEADER =
      "  instructions  vector:  FMA  other  moves  | from memory  broadcast  to memory  stack"
          + "  | scalar  calls  jumps";

  /** The innermost loops that have vectors in them, the one with most of them first. */
  static List<InstructionMix> of(MachineCode code) {
    List<Instruction> all = code.instructions();
    // Of jumps back to one place the last is the loop's end.
    var ends = new TreeMap<Integer, Integer>();
    for (int end = 0; end < all.size(); end++) {
      int begin = target(all, end);
      if (begin >= 0 && begin <= end) {
        ends.put(begin, end);
      }
    }
    List<InstructionMix> loops =
        ends.entrySet().stream()
            .map(loop -> new InstructionMix(all.subList(loop.getKey(), loop.getValue() + 1)))
            // What was moved out of line, behind the end of the method, jumps back as well.
            .filter(mix -> mix.count(i -> i.mnemonic().startsWith("ret")) == 0)
            .toList();
    return loops.stream()
        .filter(mix -> loops.stream().noneMatch(mix::surrounds))
        .filter(mix -> mix.count(InstructionMix::isVector) > 0)
        .sorted(Comparator.comparingLong(InstructionMix::vectors).reversed())
        .toList();
  }

  /** The index of what an instruction jumps to; -1 if it does not, or out of the code. */
  private static int target(List<Instruction> all, int from) {
    Instruction jump = all.get(from);
    if (!isJump(jump) || !TARGET.matcher(jump.operands()).matches()) {
      return -1;
    }
    long address = Long.parseUnsignedLong(jump.operands().substring(2), 16);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).address() == address) {
        return i;
      }
    }
    return -1;
  }

  private boolean surrounds(InstructionMix other) {
    return loop.size() > other.loop.size()
        && loop.getFirst().address() <= other.loop.getFirst().address()
        && loop.getLast().address() >= other.loop.getLast().address();
  }

  /** A table of loops for each method; for a single one the code of its first loop as well. */
  static List<String> lines(List<MachineCode> codes) {
    var lines = new ArrayList<String>();
    for (MachineCode code : codes) {
      List<InstructionMix> loops = of(code);
      lines.add(
          "%s: instructions: %d, innermost loops with vectors: %d"
              .formatted(code.method(), code.instructions().size(), loops.size()));
      if (!loops.isEmpty()) {
        lines.add(HEADER);
        loops.forEach(mix -> lines.add(mix.line()));
      }
      if (codes.size() == 1 && !loops.isEmpty()) {
        lines.add("  the first of these loops:");
        loops.getFirst().loop.forEach(instruction -> lines.add("    " + instruction));
      }
    }
    return lines;
  }

  private String line() {
    Predicate<Instruction> vector = InstructionMix::isVector;
    return String.format(
        Locale.ROOT,
        "  %12d  %12d  %5d  %5d  | %11d  %9d  %9d  %5d  | %6d  %5d  %5d",
        loop.size(),
        count(vector.and(i -> isFma(i))),
        count(vector.and(i -> !isFma(i) && !isMove(i))),
        count(vector.and(InstructionMix::isMove)),
        count(vector.and(i -> readsMemory(i) && !isBroadcast(i) && !onStack(i))),
        count(vector.and(i -> readsMemory(i) && isBroadcast(i) && !onStack(i))),
        count(vector.and(i -> writesMemory(i) && !onStack(i))),
        count(InstructionMix::onStack),
        count(vector.negate().and(i -> !isJump(i) && !isCall(i))),
        count(InstructionMix::isCall),
        count(InstructionMix::isJump));
  }

  private long vectors() {
    return count(InstructionMix::isVector);
  }

  private long count(Predicate<Instruction> which) {
    return loop.stream().filter(which).count();
  }

  private static boolean isVector(Instruction instruction) {
    return VECTOR.matcher(instruction.operands()).matches();
  }

  private static boolean isFma(Instruction instruction) {
    return FMA.matcher(instruction.mnemonic()).matches();
  }

  private static boolean isMove(Instruction instruction) {
    return MOVE.matcher(instruction.mnemonic()).matches();
  }

  private static boolean isJump(Instruction instruction) {
    return instruction.mnemonic().startsWith("j");
  }

  /** Where vectors become objects, mostly. */
  private static boolean isCall(Instruction instruction) {
    return instruction.mnemonic().startsWith("call");
  }

  private static boolean isBroadcast(Instruction instruction) {
    return instruction.mnemonic().contains("broadcast")
        || instruction.operands().contains("BCST")
        || instruction.operands().contains("{1to");
  }

  /** The destination stands first. */
  private static boolean writesMemory(Instruction instruction) {
    int comma = instruction.operands().indexOf(',');
    int bracket = instruction.operands().indexOf('[');
    return bracket >= 0 && bracket < comma;
  }

  private static boolean readsMemory(Instruction instruction) {
    return instruction.operands().contains("[") && !writesMemory(instruction);
  }

  /** What did not fit into registers, mostly. */
  private static boolean onStack(Instruction instruction) {
    return instruction.operands().contains("[rsp");
  }
}
