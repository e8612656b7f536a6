/**
 * The compiler: the same numbers as the interpreter, fast. Read in this order, which is the order
 * of the passes:
 *
 * <ol>
 *   <li>{@code Simplify}: graph to graph; equal nodes become one, what changes nothing disappears.
 *   <li>{@code ScanMotion}: graph to graph; work that does not depend on the carry leaves the loop.
 *   <li>{@code Fuse}: which elementwise nodes run as one tile loop, and in which order.
 *   <li>{@code Lower}: nodes become instructions on buffers; slices, transposes and broadcasts
 *       become {@code View}s and cost nothing.
 *   <li>{@code Plan}: first and last use of each buffer give its place in one arena.
 *   <li>{@code Program}: runs the instructions on a {@code FloatMachine} or its double twin.
 * </ol>
 */
@NullMarked
package girsanov.autodiff.compile;

import org.jspecify.annotations.NullMarked;
