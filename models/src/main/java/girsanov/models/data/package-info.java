/**
 * Data sets: stochastic Lorenz attractors, motion capture, and the predictors anything must beat.
 */
@NullMarked
package girsanov.models.data;

import org.jspecify.annotations.NullMarked;
