/**
 * The compiler: the same numbers as the interpreter, fast. Read in this order, which is the order
 * of the passes:
 *
 * <ol>
 *   <li>{@code Simplify}: graph to graph; equal nodes become one, what changes nothing disappears.
 *       Thin products that are added up become one ({@code Products}), slices that come back as
 *       sums of padded arrays are laid side by side ({@code Segments}), and a scan that another
 *       repeats is dropped ({@code MergeScans}).
 *   <li>{@code ScanMotion}: graph to graph; a sum over steps leaves the loop, whose factors are
 *       left in stacks, and becomes one large product or sum after it.
 *   <li>{@code Fuse}: which elementwise nodes run as one tile loop, and {@code Schedule}: in which
 *       order.
 *   <li>{@code Lower}: nodes become instructions on buffers; slices, transposes and broadcasts
 *       become {@code View}s and cost nothing. Each kind of instruction has its builder; {@code
 *       Steps} joins neighbouring steps of a tile loop.
 *   <li>{@code Plan}: first and last use of each buffer give its place in one arena.
 *   <li>{@code Program}: runs the instructions on a {@code FloatMachine} or its double twin; {@code
 *       InPlace} says which outputs may be written over inputs.
 * </ol>
 *
 * <p>What a backward scan reads from memory and what it computes again is chosen earlier, when the
 * gradient is taken ({@code Rematerialization}, in the package above).
 */
@NullMarked
package girsanov.autodiff.compile;

import org.jspecify.annotations.NullMarked;
