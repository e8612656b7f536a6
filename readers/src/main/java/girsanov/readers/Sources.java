package girsanov.readers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The source of each file, by its path.
 *
 * <p>Music: the song, which is the path without the extension and without the number that tells
 * copies apart in the Lakh collection ({@code Artist/Song.2.mid} is {@code Artist/Song}). A folder
 * with a folder {@code versions} in it is one song, as in POP909 ({@code 001/001.mid} and {@code
 * 001/versions/001-v1.mid} are both {@code 001}).
 *
 * <p>Speech: the speaker, who is the folder that the file lies in, as in TIMIT ({@code
 * dr1-fvmh0/sa1.wav}). Files at the top, and all files where all lie in one folder, are each a
 * source of their own. Where a speaker has several folders, a list must say so (see {@link
 * Listing}).
 */
final class Sources {
  private static final String VERSIONS = "/versions/";

  private Sources() {}

  /** The sources of files, in their order. */
  static List<String> of(List<String> files, Kind kind) {
    return switch (kind) {
      case MUSIC -> songs(files);
      case SPEECH -> speakers(files);
    };
  }

  private static List<String> songs(List<String> files) {
    Set<String> ofVersions = new HashSet<>();
    for (String file : files) {
      int versions = file.lastIndexOf(VERSIONS);
      if (versions > 0) {
        ofVersions.add(file.substring(0, versions));
      }
    }
    return files.stream().map(file -> song(file, ofVersions)).toList();
  }

  private static String song(String file, Set<String> ofVersions) {
    for (String above = folder(file); !above.isEmpty(); above = folder(above)) {
      if (ofVersions.contains(above)) {
        return above;
      }
    }
    return stem(file).replaceFirst("\\.[0-9]{1,3}$", "");
  }

  private static List<String> speakers(List<String> files) {
    Set<String> folders = new HashSet<>();
    files.forEach(file -> folders.add(folder(file)));
    var speakers = new ArrayList<String>();
    for (String file : files) {
      boolean alone = folders.size() == 1 || folder(file).isEmpty();
      speakers.add(alone ? stem(file) : folder(file));
    }
    return speakers;
  }

  private static String folder(String file) {
    return file.substring(0, Math.max(file.lastIndexOf('/'), 0));
  }

  private static String stem(String file) {
    int dot = file.lastIndexOf('.');
    return dot > file.lastIndexOf('/') + 1 ? file.substring(0, dot) : file;
  }
}
