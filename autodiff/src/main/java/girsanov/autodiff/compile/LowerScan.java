package girsanov.autodiff.compile;

import girsanov.autodiff.Expr;
import girsanov.autodiff.Graph;
import girsanov.autodiff.Item;
import girsanov.autodiff.Linear;
import girsanov.autodiff.Scan;
import girsanov.tensor.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lowers a scan to a loop. Slices of stacked arguments and the carries are pointers that the loop
 * moves; nothing is copied from step to step. A stack that nobody reads is not kept: its carry then
 * alternates between two slots.
 */
final class LowerScan {
  private final Lower outer;
  private final Lower body;
  private final List<Instruction.Slide> slides = new ArrayList<>();
  private final List<Instruction.Carry> carries = new ArrayList<>();

  LowerScan(Lower outer) {
    this.outer = outer;
    this.body = outer.nested();
  }

  void emit(Expr node, Scan scan) {
    Graph graph = scan.body();
    Set<Expr> used = new HashSet<>(Graph.topological(graph.outputs()));
    for (int i = scan.carries(); i < graph.inputs().size(); i++) {
      Expr input = graph.inputs().get(i);
      Expr arg = node.args().get(i);
      boolean slice = i < scan.carries() + scan.xs();
      body.give(input, slice ? slide(arg) : outer.view(arg));
    }
    var places = new ArrayList<View>();
    for (int i = 0; i < scan.carries(); i++) {
      Expr input = graph.inputs().get(i);
      boolean stacked = outer.reads(node, scan.carries() + i);
      Instruction.Carry carry = carry(node.args().get(i), used.contains(input), stacked, scan);
      carries.add(carry);
      if (carry.in() != null) {
        body.give(input, View.contiguous(carry.in(), input.shape()));
      }
      places.add(View.contiguous(carry.out(), input.shape()));
    }
    body.lower(graph.outputs(), places);
    outer.instructions.add(
        new Instruction.Loop(
            scan.length(),
            scan.reverse(),
            slides,
            carries,
            body.instructions.toArray(Instruction[]::new)));
    for (Expr item : outer.items(node)) {
      if (item.op() instanceof Item(int index)) {
        outer.give(item, itemView(item, index, scan));
      }
    }
  }

  private View itemView(Expr item, int index, Scan scan) {
    Instruction.Carry carry = carries.get(index % scan.carries());
    int lastStep = scan.length() - 1;
    if (index < scan.carries()) {
      int slot = !carry.stacked() ? lastStep % 2 : scan.reverse() ? 0 : lastStep;
      View whole = View.contiguous(carry.storage(), item.shape());
      return new View(carry.storage(), slot * carry.slotSize(), whole.dims(), whole.strides());
    }
    int[] dims = item.shape().dims();
    int[] strides = View.rowMajor(dims);
    strides[0] = carry.slotSize();
    return new View(carry.storage(), 0, dims, strides);
  }

  private Instruction.Carry carry(Expr init, boolean read, boolean stacked, Scan scan) {
    View first = read ? outer.straight(init) : null;
    // As FLOAT needs it: whole vectors of DOUBLE too, and offsets that serve both.
    int slotSize = Precision.FLOAT.pad(init.shape().size());
    int slots = stacked ? scan.length() : Math.min(2, scan.length());
    return new Instruction.Carry(
        read ? body.pointer() : null,
        first == null ? null : first.buffer(),
        first == null ? 0 : first.offset(),
        body.pointer(),
        outer.arena(Math.multiplyExact(slots, slotSize)),
        slotSize,
        stacked);
  }

  /** One step of a stacked argument; a concatenation is walked part by part where it fits. */
  private View slide(Expr arg) {
    Buffer pointer = body.pointer();
    var views = new ArrayList<View>();
    if (arg.op() instanceof Linear.Concat && !outer.isComputed(arg)) {
      arg.args().forEach(part -> views.add(outer.view(part)));
      View like = views.getFirst().dropFirst(pointer);
      boolean alike =
          views.stream()
              .allMatch(view -> Arrays.equals(view.dropFirst(pointer).strides(), like.strides()));
      if (!alike) {
        views.clear();
        arg.args().forEach(part -> views.add(outer.straight(part)));
      }
    } else {
      views.add(outer.view(arg));
    }
    var parts = new ArrayList<Instruction.Part>();
    for (View view : views) {
      parts.add(
          new Instruction.Part(view.buffer(), view.offset(), view.strides()[0], view.dims()[0]));
    }
    slides.add(new Instruction.Slide(pointer, parts));
    return views.getFirst().dropFirst(pointer);
  }
}
