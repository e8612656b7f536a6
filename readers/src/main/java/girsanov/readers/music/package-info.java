/** Standard MIDI Files and piano rolls. */
@NullMarked
package girsanov.readers.music;

import org.jspecify.annotations.NullMarked;
