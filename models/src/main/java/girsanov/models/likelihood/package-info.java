/** Distributions of an observed frame given parameters that a network makes. */
@NullMarked
package girsanov.models.likelihood;

import org.jspecify.annotations.NullMarked;
