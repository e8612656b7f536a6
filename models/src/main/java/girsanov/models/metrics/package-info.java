/** Figures by which forecasts and predicted frames are judged. */
@NullMarked
package girsanov.models.metrics;

import org.jspecify.annotations.NullMarked;
