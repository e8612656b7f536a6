/** Layers: records of named parameters, applied to expressions. */
@NullMarked
package girsanov.models.nn;

import org.jspecify.annotations.NullMarked;
