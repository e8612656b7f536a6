/** Figures by which forecasts are judged. */
@NullMarked
package girsanov.models.metrics;

import org.jspecify.annotations.NullMarked;
