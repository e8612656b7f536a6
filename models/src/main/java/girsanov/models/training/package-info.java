/** Training: objectives, the optimiser, the loop over row blocks and its checkpoints. */
@NullMarked
package girsanov.models.training;

import org.jspecify.annotations.NullMarked;
