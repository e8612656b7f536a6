package girsanov.bench.compare;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Who there is to compare with. Of everybody who is not, one line says why. */
final class Peers {
  private Peers() {}

  /** Those of the class path, then those that Python has. */
  static List<Peer> present(PythonPeer python, Report report) {
    List<Peer> peers = loaded(ServiceLoader.load(Peer.class).iterator(), report::line);
    if (peers.isEmpty()) {
      report.line("no peers from Maven Central: they could not be downloaded");
    }
    peers.add(python);
    peers.add(new PythonPeer("torchsde", PythonPeer.TORCHSDE, python.command(), python.script()));
    for (Peer peer : List.copyOf(peers)) {
      Optional<String> missing = peer.missing();
      if (missing.isPresent()) {
        report.line(missing(peer.name(), missing.get()));
        peers.remove(peer);
      }
    }
    return peers;
  }

  /**
   * Those that can be loaded: an entry of a list of services may name a class that is not there.
   */
  static List<Peer> loaded(Iterator<Peer> services, Consumer<String> lines) {
    var peers = new ArrayList<Peer>();
    boolean more = true;
    while (more) {
      try {
        more = services.hasNext();
        if (more) {
          peers.add(services.next());
        }
      } catch (ServiceConfigurationError e) {
        String message = Objects.toString(e.getMessage(), "");
        String name = message.replaceFirst(".*Provider (?:\\S*\\.)?(\\S+) .*", "$1");
        String why = e.getCause() == null ? message : message + ": " + e.getCause();
        lines.accept(missing(name, why + "; build again after 'mvn clean'"));
      }
    }
    return peers;
  }

  private static String missing(String name, String why) {
    return name + " is missing: " + why;
  }
}
