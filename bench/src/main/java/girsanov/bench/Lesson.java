package girsanov.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a lesson says, taken from the Javadoc of its class: the text that stands beside the code is
 * the one that {@code bench/run} prints.
 *
 * @param name of the class
 * @param title the first paragraph
 * @param text the other paragraphs
 */
record Lesson(String name, String title, List<String> text) {
  private static final Path SOURCES =
      Path.of(System.getProperty("girsanov.bench", "."), "src/main/java/girsanov/bench");
  private static final int WIDTH = 100;

  Lesson {
    text = List.copyOf(text);
  }

  /** The lesson of a class such as {@code L01_RegisterTile}. */
  static Lesson of(String name) throws IOException {
    String source = Files.readString(SOURCES.resolve(name + ".java"));
    int begin = source.indexOf("\n/**") + "\n/**".length();
    String comment = source.substring(begin, source.indexOf("*/", begin));
    String plain =
        comment
            .replaceAll("\n \\*", "\n")
            .replaceAll("\\s+", " ")
            .replaceAll("\\{@(?:code|link) ([^}]*)\\}", "$1");
    List<String> paragraphs = Arrays.stream(plain.split("<p>")).map(String::strip).toList();
    return new Lesson(name, paragraphs.getFirst(), paragraphs.subList(1, paragraphs.size()));
  }

  /** {@code L01}. */
  String number() {
    return name.replaceFirst("_.*", "");
  }

  /** Title and text, in lines as long as those of the source. */
  List<String> lines() {
    var lines = new ArrayList<String>(wrapped(title));
    for (String paragraph : text) {
      lines.add("");
      lines.addAll(wrapped(paragraph));
    }
    return lines;
  }

  private static List<String> wrapped(String paragraph) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : paragraph.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
