package girsanov.models.training;

/**
 * Everything that training depends on from here on, together with its configuration: noise is a
 * function of the iteration, so that no generator has a state.
 *
 * @param iteration the number of steps taken, and that of the next
 * @param m Adam's first moments
 * @param v Adam's second moments
 */
public record State(
    long iteration, ParameterVector parameters, ParameterVector m, ParameterVector v) {}
