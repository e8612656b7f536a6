/** What a run leaves behind: its folder, figures, and reports of progress. */
@NullMarked
package girsanov.cli.runs;

import org.jspecify.annotations.NullMarked;
