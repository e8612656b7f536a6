package girsanov.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line says.
 *
 * @param words rows to measure; empty for all
 * @param list only to name the rows
 * @param profile to say where the time of training goes, and not to compare
 * @param machineCode the methods whose machine code to show, and not to compare
 * @param python the command of the interpreter; empty to look for one
 */
record Options(
    List<String> words,
    boolean list,
    boolean help,
    boolean profile,
    Optional<String> machineCode,
    int rounds,
    Optional<Path> csv,
    Optional<Path> pictures,
    List<String> python) {

  static final String HELP =
      """
      bench/compare [row...] [options]: ours and the peers, interleaved in one run.

        row             a name, or its beginning up to a dash: sgemm, sgemm-512x512x512, sde-matching-1024;
                        'scaling' for time against batch, length and width; nothing for all rows
        --list          names the rows
        --profile       where the time of the rows' training steps goes, on one thread, in place of a comparison
        --machine-code M  what the JIT made of the kernel M, or of KERNEL::METHOD, while the row ran (needs objdump)
        --rounds N      each contender runs once a round (9)
        --csv FILE      writes the last block to a file as well; that of 'scaling' to scaling.csv beside it
        --pictures DIR  draws the kernels under the machine's limits, and 'scaling'
        --python "CMD"  the interpreter that has PyTorch (the first of python3, /usr/bin/python3)
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException in one sentence, if it says something else
   */
  static Options parse(List<String> args) {
    var words = new ArrayList<String>();
    boolean list = false;
    boolean help = false;
    boolean profile = false;
    Optional<String> machineCode = Optional.empty();
    int rounds = 9;
    Optional<Path> csv = Optional.empty();
    Optional<Path> pictures = Optional.empty();
    List<String> python = List.of();
    Iterator<String> rest = args.iterator();
    while (rest.hasNext()) {
      String arg = rest.next();
      switch (arg) {
        case "--list" -> list = true;
        case "--help", "-h" -> help = true;
        case "--profile" -> profile = true;
        case "--machine-code" -> machineCode = Optional.of(value(arg, rest));
        case "--rounds" -> rounds = number(arg, rest);
        case "--csv" -> csv = Optional.of(Path.of(value(arg, rest)));
        case "--pictures" -> pictures = Optional.of(Path.of(value(arg, rest)));
        case "--python" -> python = List.of(value(arg, rest).trim().split("\\s+"));
        default -> {
          if (arg.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + arg + "; see --help");
          }
          words.add(arg);
        }
      }
    }
    if (profile && machineCode.isPresent()) {
      throw new IllegalArgumentException("expected --profile or --machine-code, got both");
    }
    return new Options(
        List.copyOf(words), list, help, profile, machineCode, rounds, csv, pictures, python);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value; see --help");
    }
    return rest.next();
  }

  private static int number(String option, Iterator<String> rest) {
    String value = value(option, rest);
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(option + ": expected 1 or more, got " + value);
  }
}
