/**
 * Expressions: a language of primitives, its derivatives and its interpreter.
 *
 * <p>A model's loss is ordinary Java over {@link girsanov.autodiff.Expr}; writing it builds a
 * graph, once. Derivatives are further nodes of the same graph,
 *
 * <pre>
 *   {@link girsanov.autodiff.Jvp}   dy = J·dx        forwards, one pass for all outputs
 *   {@link girsanov.autodiff.Vjp}   dx = Jᵀ·dy       backwards, one pass for all inputs
 * </pre>
 *
 * <p>so that they nest in any order. To read it from the bottom up:
 *
 * <ol>
 *   <li>{@link girsanov.autodiff.Expr}, a node, and {@link girsanov.autodiff.Graph}, a closed
 *       function; {@code Arithmetic} broadcasts when nodes are built and leaves out what changes
 *       nothing; {@code Caller} remembers the user's line.
 *   <li>{@link girsanov.autodiff.Op}, a primitive, of eight kinds. Shape rule, meaning and
 *       derivative of each stand together: {@link girsanov.autodiff.Elementwise} (one expression
 *       per argument gives both modes), {@link girsanov.autodiff.Linear} (each has one adjoint),
 *       {@link girsanov.autodiff.MatMul}, {@link girsanov.autodiff.Max}.
 *   <li>{@link girsanov.autodiff.Jvp} and {@link girsanov.autodiff.Vjp}: the chain rule along the
 *       graph.
 *   <li>{@link girsanov.autodiff.Scan}, the only loop; {@code Capture} closes its body, {@code
 *       ScanRules} differentiates it.
 *   <li>{@link girsanov.autodiff.Interpreter}: what a graph means, one number at a time. The
 *       compiler in {@code compile} gives the same numbers fast.
 * </ol>
 */
@NullMarked
package girsanov.autodiff;

import org.jspecify.annotations.NullMarked;
