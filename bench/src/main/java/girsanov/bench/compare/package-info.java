/**
 * {@code bench/compare}: ours and the peers, interleaved in one run.
 *
 * <p>Read in this order: {@link girsanov.bench.compare.Rows} says what is compared, {@link
 * girsanov.bench.compare.Work} and {@link girsanov.bench.compare.Contender} what a row asks of
 * those who take part, {@link girsanov.bench.compare.Rounds} how they are timed, {@link
 * girsanov.bench.compare.Outcome} what is made of the times. Peers from Maven Central are found as
 * services, so nothing here needs them.
 */
@NullMarked
package girsanov.bench.compare;

import org.jspecify.annotations.NullMarked;
