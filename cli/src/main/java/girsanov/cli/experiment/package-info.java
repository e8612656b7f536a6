/** What can be run by name: data, model, training and what is measured at the end. */
@NullMarked
package girsanov.cli.experiment;

import org.jspecify.annotations.NullMarked;
