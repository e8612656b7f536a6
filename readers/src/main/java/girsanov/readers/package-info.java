/** Folders of music or speech as sets of segments, and the samples that come with this library. */
@NullMarked
package girsanov.readers;

import org.jspecify.annotations.NullMarked;
