/** Sound files of one channel at 16 kHz, and frames of their samples. */
@NullMarked
package girsanov.readers.speech;

import org.jspecify.annotations.NullMarked;
