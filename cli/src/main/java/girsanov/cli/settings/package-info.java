/** Settings by name: records read from and written as keys and values, and errors for users. */
@NullMarked
package girsanov.cli.settings;

import org.jspecify.annotations.NullMarked;
