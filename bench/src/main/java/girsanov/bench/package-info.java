/** Benchmarks as lessons: each says what you should see, and checks its result. */
@NullMarked
package girsanov.bench;

import org.jspecify.annotations.NullMarked;
