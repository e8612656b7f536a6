package girsanov.cli.experiment;

import girsanov.models.data.TimeSeries;
import girsanov.models.sdematching.Samples;

/**
 * Draws that were asked for, and what is known of the sequences.
 *
 * @param name of the files
 * @param title of the picture
 * @param draws for each sequence
 * @param known the sequences as far as they are known
 * @param knownTitle what they are called in a legend
 * @param given how many of their observations the model saw, from the first on
 */
public record Request(
    String name, String title, Samples draws, TimeSeries known, String knownTitle, int given) {}
