/** The {@code girsanov} command. */
module girsanov.cli {
  requires com.fasterxml.jackson.core;
  requires girsanov.readers;
  requires info.picocli;
  requires java.desktop;
  requires me.tongfei.progressbar;
  requires org.knowm.xchart;
  requires static org.jspecify;

  opens girsanov.cli to
      info.picocli;
}
