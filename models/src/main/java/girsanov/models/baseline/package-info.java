/** Models without latent states that VSDN is compared with. */
@NullMarked
package girsanov.models.baseline;

import org.jspecify.annotations.NullMarked;
