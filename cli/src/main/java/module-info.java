/** The {@code girsanov} command. */
module girsanov.cli {
  requires girsanov.models;
  requires info.picocli;
  requires java.desktop;
  requires static org.jspecify;

  opens girsanov.cli to
      info.picocli;
}
