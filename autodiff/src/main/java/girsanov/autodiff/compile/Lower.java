package girsanov.autodiff.compile;

import girsanov.autodiff.Constant;
import girsanov.autodiff.Elementwise;
import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Item;
import girsanov.autodiff.Linear;
import girsanov.autodiff.MatMul;
import girsanov.autodiff.Max;
import girsanov.autodiff.Scan;
import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Precision;
import girsanov.tensor.kernel.Extents;
import girsanov.tensor.kernel.FloatMatmul;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns the nodes of one graph, or of one scan's body, into instructions on buffers. Views carry
 * slices, transposes and broadcasts to their consumers; elements move only where a kernel needs
 * them in a row.
 */
final class Lower {
  /**
   * The most elements that a vector has, in any precision on any machine: what is cut or padded in
   * such numbers fits all of them, and a program is the same everywhere.
   */
  static final int LANES = Precision.FLOAT.pad(1);

  final List<Instruction> instructions = new ArrayList<>();
  final List<Buffer> buffers;
  final int depth;
  private final @Nullable Lower parent;
  private final Map<Expr, View> views = new HashMap<>();
  private final Map<Expr, View> destinations = new HashMap<>();
  private final Map<Expr, View> straightened = new HashMap<>();
  private final Set<Expr> parts = new HashSet<>();
  private final Map<List<Object>, Buffer> packed = new HashMap<>();
  private Set<Expr> nodes = Set.of();

  /** By node: those that have it as an argument, in order, each once. */
  private final Map<Expr, List<Expr>> readers = new HashMap<>();

  private Lower(@Nullable Lower parent, List<Buffer> buffers, int depth) {
    this.parent = parent;
    this.buffers = buffers;
    this.depth = depth;
  }

  /** The instructions of a whole graph; inputs and outputs are buffers of those kinds. */
  static Lower graph(Graph graph) {
    var lower = new Lower(null, new ArrayList<>(), 0);
    for (int i = 0; i < graph.inputs().size(); i++) {
      Expr input = graph.inputs().get(i);
      Buffer buffer = lower.buffer(Buffer.Kind.INPUT, i, null);
      lower.give(input, View.contiguous(buffer, input.shape()));
    }
    var outputs = new ArrayList<View>();
    for (int i = 0; i < graph.outputs().size(); i++) {
      Buffer buffer = lower.buffer(Buffer.Kind.OUTPUT, i, null);
      outputs.add(View.contiguous(buffer, graph.outputs().get(i).shape()));
    }
    lower.lower(graph.outputs(), outputs);
    return lower;
  }

  Lower nested() {
    return new Lower(this, buffers, depth + 1);
  }

  /** Says where the value of a node is found. */
  void give(Expr node, View view) {
    views.put(node, view);
  }

  /** Instructions that compute the outputs and leave each in its place. */
  void lower(List<Expr> outputs, List<View> places) {
    nodes = new LinkedHashSet<>(Graph.topological(outputs));
    for (Expr node : nodes) {
      for (Expr arg : new LinkedHashSet<>(node.args())) {
        readers.computeIfAbsent(arg, _ -> new ArrayList<>()).add(node);
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (!Fuse.isView(outputs.get(i))) {
        destinations.putIfAbsent(outputs.get(i), places.get(i));
      }
    }
    Set<Expr> slidden = concatenationsReadByScansOnly();
    nodes.stream().filter(node -> !slidden.contains(node)).forEach(this::placeParts);
    List<Fuse.Unit> units = Fuse.units(outputs, slidden);
    units.stream().filter(unit -> !unit.isElementwise()).forEach(this::placeAddend);
    for (Fuse.Unit unit : units) {
      if (unit.isElementwise()) {
        emitTiles(unit.nodes());
      } else if (unit.nodes().size() > 1) {
        new ProductBuilder(this).emit(unit.nodes());
      } else {
        emit(unit.nodes().getFirst());
      }
    }
    for (int i = 0; i < outputs.size(); i++) {
      if (!places.get(i).equals(destinations.get(outputs.get(i)))) {
        copy(view(outputs.get(i)), places.get(i));
      }
    }
  }

  /** Lets the parts of a concatenation be computed where they belong, if a kernel can do so. */
  private void placeParts(Expr node) {
    if (node.op() instanceof Linear.Concat(int axis)) {
      View whole = place(node);
      int start = 0;
      for (Expr part : node.args()) {
        int end = start + part.shape().dim(axis);
        View to = part(whole, axis, start, part);
        boolean able =
            (part.op() instanceof Elementwise && to.isInnermostInARow())
                || part.op() instanceof MatMul;
        if (able && !destinations.containsKey(part)) {
          destinations.put(part, to);
          parts.add(part);
        }
        start = end;
      }
    }
  }

  /** Lets what a product is added to be computed where the sum belongs. */
  private void placeAddend(Fuse.Unit unit) {
    Expr sum = unit.nodes().getLast();
    Expr x = unit.nodes().size() == 2 ? Fuse.addend(sum) : null;
    if (x != null && !destinations.containsKey(x) && !isWantedWithGaps(sum) && !isPart(sum)) {
      View to = destinations.get(sum);
      if (to == null) {
        to = View.contiguous(arena(sum.shape().size()), sum.shape());
        destinations.put(sum, to);
      }
      destinations.put(x, to);
    }
  }

  /** Whether a node's place is part of a larger array. */
  boolean isPart(Expr node) {
    return parts.contains(node);
  }

  private static View part(View whole, int axis, int start, Expr part) {
    return new View(
        whole.buffer(),
        whole.offset() + start * whole.strides()[axis],
        part.shape().dims(),
        whole.strides());
  }

  /** Stacks laid end to end for a scan need no copy: the scan's pointer walks over the parts. */
  private Set<Expr> concatenationsReadByScansOnly() {
    Set<Expr> found = new HashSet<>();
    for (Expr node : nodes) {
      if (node.op() instanceof Linear.Concat(int axis) && axis == 0) {
        found.add(node);
      }
    }
    for (Expr node : nodes) {
      for (int i = 0; i < node.args().size(); i++) {
        boolean slice =
            node.op() instanceof Scan scan && i >= scan.carries() && i < scan.carries() + scan.xs();
        if (!slice) {
          found.remove(node.args().get(i));
        }
      }
    }
    found.removeAll(destinations.keySet());
    return found;
  }

  /** Where the value of a node stands; computes nothing but may have to straighten a view. */
  View view(Expr node) {
    View known = views.get(node);
    if (known != null) {
      return known;
    }
    View view =
        switch (node.op()) {
          case Constant(DoubleTensor value) ->
              View.contiguous(buffer(Buffer.Kind.CONSTANT, 0, value), node.shape());
          case Linear op -> {
            View through = view(node.args().getFirst()).through(op, node.shape());
            if (through == null) {
              View straight = straight(node.args().getFirst());
              through = straight.through(op, node.shape());
            }
            if (through == null) {
              throw new IllegalStateException("no view for " + node);
            }
            yield through;
          }
          default -> throw new IllegalStateException("used before it is computed: " + node);
        };
    views.put(node, view);
    return view;
  }

  /** The value of a node as a contiguous view. */
  View straight(Expr node) {
    View view = view(node);
    if (view.isContiguous()) {
      return view;
    }
    return straightened.computeIfAbsent(
        node,
        _ -> {
          View to = View.contiguous(arena(view.size()), node.shape());
          copy(view, to);
          return to;
        });
  }

  /** Whether an instruction has already made the value of a node. */
  boolean isComputed(Expr node) {
    return views.containsKey(node);
  }

  /** Whether anything reads an item of a scan. */
  boolean reads(Expr scan, int item) {
    return items(scan).stream().anyMatch(node -> node.op().equals(new Item(item)));
  }

  private List<Expr> readersOf(Expr node) {
    return readers.getOrDefault(node, List.of());
  }

  /** The items of a scan that are used. */
  List<Expr> items(Expr scan) {
    return readersOf(scan).stream().filter(node -> node.op() instanceof Item).toList();
  }

  /** Whether the value of a node is wanted in a place with gaps. */
  boolean isWantedWithGaps(Expr node) {
    View wanted = destinations.get(node);
    return wanted != null && !wanted.isContiguous();
  }

  /** Where the value of a node is wanted, if anywhere. */
  @Nullable View wanted(Expr node) {
    return destinations.get(node);
  }

  /** A place for the value of a node: where it is wanted, or a new buffer. */
  View place(Expr node) {
    View wanted = destinations.get(node);
    View place =
        wanted != null ? wanted : View.contiguous(arena(node.shape().size()), node.shape());
    views.put(node, place);
    return place;
  }

  Buffer arena(int size) {
    return buffer(Buffer.Kind.ARENA, size, null);
  }

  Buffer pointer() {
    return buffer(Buffer.Kind.POINTER, 0, null);
  }

  private Buffer buffer(Buffer.Kind kind, int size, @Nullable DoubleTensor constant) {
    int at = kind == Buffer.Kind.CONSTANT ? 0 : depth;
    var buffer = new Buffer(buffers.size(), kind, size, at, constant);
    buffers.add(buffer);
    return buffer;
  }

  private void emit(Expr node) {
    switch (node.op()) {
      case MatMul _ -> new ProductBuilder(this).emit(node);
      case Linear.Sum(List<Integer> axes) -> emitReduce(node, false, axes);
      case Max(int axis) -> emitReduce(node, true, List.of(axis));
      case Linear.Pad(int axis, int before, int _) -> {
        View to = place(node);
        instructions.add(new Instruction.Clear(to.buffer(), to.offset(), to.size()));
        Expr x = node.args().getFirst();
        copy(view(x), part(to, axis, before, x));
      }
      case Linear.Concat(int axis) -> {
        View whole = view(node);
        int start = 0;
        for (Expr part : node.args()) {
          View to = part(whole, axis, start, part);
          if (!to.samePlace(view(part))) {
            copy(view(part), to);
          }
          start += part.shape().dim(axis);
        }
      }
      case Scan scan -> new LowerScan(this).emit(node, scan);
      default -> throw new IllegalStateException("no instruction for " + node);
    }
  }

  /** Elementwise nodes of one shape, and then sums of such. */
  void emitTiles(List<Expr> all) {
    List<Expr> group = all.stream().filter(node -> node.op() instanceof Elementwise).toList();
    Set<Expr> inside = new HashSet<>(all);
    var results = new ArrayList<Expr>();
    for (Expr node : group) {
      if (!inside.containsAll(readersOf(node)) || destinations.containsKey(node)) {
        results.add(node);
      }
      for (Expr arg : node.args()) {
        if (!inside.contains(arg)) {
          innermostInARow(arg);
        }
      }
    }
    var summed = new ArrayList<Expr>();
    var sums = new ArrayList<View>();
    for (Expr node : all.subList(group.size(), all.size())) {
      View to = place(node);
      instructions.add(new Instruction.Clear(to.buffer(), to.offset(), to.size()));
      summed.add(node.args().getFirst());
      sums.add(to.repeated(node.args().getFirst().shape(), ((Linear.Sum) node.op()).axes()));
    }
    instructions.add(new TileBuilder(this, group, results, summed, sums).build());
  }

  /** Makes sure that neighbours along the last long axis stand in a row, or are all the same. */
  private void innermostInARow(Expr node) {
    View view = view(node);
    if (!view.isInnermostInARow() && !view.isInnermostConstant()) {
      views.put(node, straight(node));
    }
  }

  void copy(View from, View to) {
    Space space = Space.of(from.dims(), List.of(from.strides(), to.strides())).atLeast(2);
    int[] d = space.dims();
    int outer = d.length - 2;
    instructions.add(
        new Instruction.Copy(
            Arrays.copyOf(d, outer),
            d[outer],
            d[outer + 1],
            operand(from, space.strides().get(0), outer),
            operand(to, space.strides().get(1), outer)));
  }

  static Instruction.Operand operand(View view, int[] strides, int outer) {
    return new Instruction.Operand(
        view.buffer(),
        view.offset(),
        Arrays.copyOf(strides, outer),
        strides[outer],
        strides[outer + 1]);
  }

  /** One reduction at a time: the innermost run of reduced axes, then what is left. */
  private void emitReduce(Expr node, boolean max, List<Integer> axes) {
    View x = view(node.args().getFirst());
    var reduced = new boolean[x.dims().length];
    axes.forEach(axis -> reduced[axis] = true);
    new ReduceBuilder(this, max).emit(x, reduced, place(node));
  }

  /** The products that a node is the right factor of. */
  long sharers(Expr right) {
    return readersOf(right).stream()
        .filter(node -> node.op() instanceof MatMul && node.args().get(1).equals(right))
        .count();
  }

  /** The outermost graph around this one in which a buffer does not change. */
  Lower homeOf(Buffer buffer) {
    Lower home = this;
    while (home.depth > buffer.depth && home.parent != null) {
      home = home.parent;
    }
    return home;
  }

  Buffer pack(Extents extents, Instruction.Operand b) {
    int k = extents.k();
    int n = extents.n();
    List<Object> key = List.of(b.buffer(), b.offset(), b.rowStride(), b.columnStride(), k, n);
    return packed.computeIfAbsent(
        key,
        _ -> {
          Buffer to = arena(FloatMatmul.packedSize(k, n)); // Doubles do not need more.
          instructions.add(new Instruction.Pack(extents, b, to));
          return to;
        });
  }
}
