package girsanov.cli.plot;

/**
 * A parallel projection of space onto the page: first turned about the vertical axis, then tilted
 * towards the reader.
 *
 * <pre>
 *   right = x cos a + y sin a
 *   up    = (x sin a − y cos a) sin b + z cos b
 * </pre>
 *
 * @param turn a, in radians
 * @param tilt b, in radians
 */
record Axonometry(double turn, double tilt) {

  double right(double x, double y) {
    return x * Math.cos(turn) + y * Math.sin(turn);
  }

  double up(double x, double y, double z) {
    return (x * Math.sin(turn) - y * Math.cos(turn)) * Math.sin(tilt) + z * Math.cos(tilt);
  }
}
