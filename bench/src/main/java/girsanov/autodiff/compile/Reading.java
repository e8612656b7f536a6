package girsanov.autodiff.compile;

import girsanov.autodiff.Elementwise;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.stream.Collectors;

/** The time of all instructions of a program that are alike. */
public final class Reading {
  /** So many functions of a tile loop are named. */
  private static final int NAMED = 5;

  private final Kind kind;
  private final String what;
  private final double work;
  private long nanos;
  private long calls;

  /** What an instruction does. */
  public enum Kind {
    PRODUCT("products"),
    TILES("tile loops"),
    PACK("packing"),
    REDUCE("sums and greatest"),
    COPY("copies"),
    CLEAR("clearing");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }
  }

  private Reading(Kind kind, String what, double work) {
    this.kind = kind;
    this.what = what;
    this.work = work;
  }

  static Reading of(Instruction instruction) {
    return switch (instruction) {
      case Instruction.Product p -> {
        long times = times(p.outer());
        String shape = "%dx%dx%d".formatted(p.extents().m(), p.extents().k(), p.extents().n());
        String outer = times == 1 ? "" : times + " times ";
        String text = "product " + outer + shape + (p.packed() ? ", packed" : "");
        yield new Reading(Kind.PRODUCT, text, 2.0 * times * p.extents().multiplyAdds());
      }
      case Instruction.TileLoop t -> {
        long elements = times(t.outer()) * t.rows() * t.columns();
        String sums = t.sums().length == 0 ? "" : ", " + t.sums().length + " sums";
        String text = "tiles of %d numbers, %d steps%s: %s";
        yield new Reading(
            Kind.TILES, text.formatted(elements, t.steps().length, sums, names(t)), elements);
      }
      case Instruction.Pack p -> {
        String shape = "pack %dx%d".formatted(p.extents().k(), p.extents().n());
        yield new Reading(
            Kind.PACK, shape + layout(p.b()), (double) p.extents().k() * p.extents().n());
      }
      case Instruction.Reduce r -> {
        String text =
            (r.max() ? "greatest over " : "sum over ") + (r.overRows() ? "rows" : "columns");
        yield new Reading(
            Kind.REDUCE,
            text + " of %d x %dx%d".formatted(times(r.outer()), r.rows(), r.columns()),
            (double) times(r.outer()) * r.rows() * r.columns());
      }
      case Instruction.Copy c ->
          new Reading(
              Kind.COPY,
              "copy %d x %dx%d".formatted(times(c.outer()), c.rows(), c.columns())
                  + layout(c.from()),
              (double) times(c.outer()) * c.rows() * c.columns());
      case Instruction.Clear c -> new Reading(Kind.CLEAR, "clear " + c.size(), c.size());
      case Instruction.Loop _ -> throw new IllegalStateException("a loop is timed by its body");
    };
  }

  private static String layout(Instruction.Operand operand) {
    return operand.isTransposed() ? ", transposed" : "";
  }

  /** Each once, what is dear first. */
  private static String names(Instruction.TileLoop tiles) {
    var dear = new LinkedHashSet<String>();
    var cheap = new LinkedHashSet<String>();
    for (Instruction.TileStep step : tiles.steps()) {
      (isDear(step.op()) ? dear : cheap).add(step.op().symbol());
    }
    dear.addAll(cheap);
    String named = dear.stream().limit(NAMED).collect(Collectors.joining(" "));
    return dear.size() > NAMED ? named + " …" : named;
  }

  private static boolean isDear(Opcode op) {
    return switch (op) {
      case Opcode.Plain(Elementwise f) ->
          switch (f) {
            case EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, SOFTPLUS, ELU, SIN, COS, ERF, POWER -> true;
            default -> false;
          };
      case Opcode.Fused f -> f == Opcode.Fused.SOFTPLUS_SLOPE;
      case Opcode.Gate f -> f != Opcode.Gate.GRU_SLOPES;
    };
  }

  private static long times(int[] outer) {
    return Arrays.stream(outer).asLongStream().reduce(1, (a, b) -> a * b);
  }

  void add(long more) {
    nanos += more;
    calls++;
  }

  void reset() {
    nanos = 0;
    calls = 0;
  }

  public Kind kind() {
    return kind;
  }

  /** Kind, shape and functions: what is the same for all. */
  public String what() {
    return what;
  }

  public long calls() {
    return calls;
  }

  public double seconds() {
    return nanos * 1e-9;
  }

  /** Of one call: floating-point operations of a product, numbers of anything else. */
  public double work() {
    return work;
  }
}
