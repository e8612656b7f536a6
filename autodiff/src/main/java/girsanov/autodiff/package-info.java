/** Expressions: the language, its derivatives, its interpreter and its compiler. */
@NullMarked
package girsanov.autodiff;

import org.jspecify.annotations.NullMarked;
