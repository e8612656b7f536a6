package girsanov.autodiff;

import java.util.List;

/** The first frame outside this package and the JDK: the line of a model that made a node. */
record Caller(String file, int line) {
  private static final String HERE = Caller.class.getPackageName();
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final Caller UNKNOWN = new Caller("unknown", 0);

  static Caller here() {
    return WALKER.walk(
        frames ->
            frames
                .filter(Caller::isOutside)
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

  private static boolean isOutside(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    boolean here = name.startsWith(HERE) && name.lastIndexOf('.') == HERE.length();
    return !here && !name.startsWith("java.");
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
