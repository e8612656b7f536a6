package girsanov.readers;

import girsanov.models.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The recordings that come with this library. Each folder's README names source and terms. */
enum Sample {
  /** 24 pieces of the Freedoom game. */
  FREEDOOM(Kind.MUSIC, "freedoom"),
  /** Five sentences of one reader. */
  LIBRIVOX(Kind.SPEECH, "librivox");

  private static final String LIST = "files.csv";

  private final Kind kind;
  private final String title;

  Sample(Kind kind, String title) {
    this.kind = kind;
    this.title = title;
  }

  static Sample of(Kind kind) {
    return kind == Kind.MUSIC ? FREEDOOM : LIBRIVOX;
  }

  Corpus read(Reading reading) {
    Listing list = Listing.parse(LIST, new String(bytes(LIST), StandardCharsets.UTF_8));
    var recordings = new ArrayList<Recorded>();
    for (String file : list.rows().keySet()) {
      recordings.add(Recorded.held(file, Recording.read(bytes(file), kind, reading)));
    }
    return new Assembly(title, kind, reading, recordings).corpus(Optional.of(list), List.of());
  }

  private byte[] bytes(String file) {
    String path = title + "/" + file;
    try (InputStream stored = Sample.class.getResourceAsStream(path)) {
      if (stored == null) {
        throw new DataException(path + ": expected in the library's jar, found nothing there");
      }
      return stored.readAllBytes();
    } catch (IOException e) {
      throw new DataException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
