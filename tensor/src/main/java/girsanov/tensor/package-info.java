/** Numbers: storage, shapes, random numbers and threads. Knows no graph. */
@NullMarked
package girsanov.tensor;

import org.jspecify.annotations.NullMarked;
