/** Learning, judging and drawing from models of frames, whatever the model. */
@NullMarked
package girsanov.models.frames;

import org.jspecify.annotations.NullMarked;
