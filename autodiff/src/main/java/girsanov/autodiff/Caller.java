package girsanov.autodiff;

import java.util.List;

/** The first frame outside this package: the line of a user's model that made a node. */
record Caller(String file, int line) {
  private static final String HERE = Caller.class.getPackageName();
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final Caller UNKNOWN = new Caller("unknown", 0);

  static Caller here() {
    return WALKER.walk(
        frames ->
            frames
                .filter(frame -> !packageOf(frame.getClassName()).equals(HERE))
                .findFirst()
                .map(
                    frame -> new Caller(String.valueOf(frame.getFileName()), frame.getLineNumber()))
                .orElse(UNKNOWN));
  }

  /** For errors: where each of some nodes was made. */
  static String made(List<Expr> nodes) {
    var made = new StringBuilder();
    for (Expr node : nodes) {
      made.append("; ").append(node.shape()).append(" was made at ").append(node.where());
    }
    return made.toString();
  }

  private static String packageOf(String className) {
    return className.substring(0, Math.max(0, className.lastIndexOf('.')));
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
