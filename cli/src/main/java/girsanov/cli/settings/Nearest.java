package girsanov.cli.settings;

import java.util.Collection;
import java.util.Comparator;

/** Suggestions for misspelt names. */
public final class Nearest {
  private Nearest() {}

  /**
   * Text to put after an error about a name that is none of those known: the nearest by edit
   * distance, or all if none is near.
   */
  public static String suggestion(String name, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .filter(candidate -> distance(name, candidate) <= 2 + candidate.length() / 4)
        .map(candidate -> "did you mean '" + candidate + "'?")
        .orElse("known are " + String.join(", ", known));
  }

  /**
   * The number of characters to insert, delete, replace, or swap with a neighbour (optimal string
   * alignment; Damerau 1964).
   */
  static int distance(String a, String b) {
    int[][] least = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          least[i][j] = i + j;
          continue;
        }
        int replace = least[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int insertOrDelete = 1 + Math.min(least[i - 1][j], least[i][j - 1]);
        least[i][j] = Math.min(replace, insertOrDelete);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          least[i][j] = Math.min(least[i][j], 1 + least[i - 2][j - 2]);
        }
      }
    }
    return least[a.length()][b.length()];
  }
}
