/** Recurrent networks in continuous time: they evolve between observations and jump at them. */
@NullMarked
package girsanov.models.recurrent;

import org.jspecify.annotations.NullMarked;
