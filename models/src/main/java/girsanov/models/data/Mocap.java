package girsanov.models.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * CMU motion capture, subject 35 walking: 16 training, 3 validation and 4 test sequences of 300
 * frames at 120 Hz, 50 channels each. Channels 0 to 2 are root translation per frame, the others
 * angles in degrees; each sequence is centred by its own mean, nothing is scaled. Four channels are
 * constant. The folder's README says where the data come from and on what terms.
 *
 * <p>Times are seconds, frame / 120. Other implementations use 0.1 · frame; {@link
 * DataSet#onUnitInterval} makes the choice of unit immaterial.
 */
public final class Mocap {
  public static final int FRAMES = 300;
  public static final int CHANNELS = 50;
  public static final double FRAMES_PER_SECOND = 120;

  /** The files as text; on disk each may also be compressed, with {@code .gz} after its name. */
  private enum File {
    TRAIN(16, "ccd1e75072678d5d271c26d4b0874b1278fb2416c723d8265217c6409f9b9e7b"),
    VALID(3, "bf8eb68356e7d8a7b3aeb58100ea69c81a84cdd7afd0d4a743b0da11e4d92fbf"),
    TEST(4, "dba623c98a37309783015f567dde9cb5b18d0e6aba2d116cd10ca808ba4dc99f"),
    COLUMNS(0, "013ef7fc194edfd212ac3eacd3e2c48c0f3752f1797b16c70a01d70c9cd8059b");

    final int sequences;
    final String sha256;

    File(int sequences, String sha256) {
      this.sequences = sequences;
      this.sha256 = sha256;
    }

    String title() {
      return name().toLowerCase(java.util.Locale.ROOT) + ".csv";
    }
  }

  private interface Folder {
    /** The stored bytes of a file, decompressed where compressed. */
    byte[] read(String title) throws IOException;
  }

  private Mocap() {}

  /** The copy that comes with this library. */
  public static DataSet load() {
    return read(
        title -> {
          try (InputStream stored = Mocap.class.getResourceAsStream("mocap35/" + title + ".gz")) {
            if (stored == null) {
              throw new DataException(
                  title + ": expected in the library's jar, found nothing there");
            }
            return decompress(stored);
          }
        });
  }

  /**
   * Files of a folder: {@code train.csv}, {@code valid.csv}, {@code test.csv}, {@code columns.csv},
   * or the same with {@code .gz}.
   *
   * @throws DataException if a file is missing, cut short or malformed, holds a NaN, or is not the
   *     published data
   */
  public static DataSet read(Path folder) {
    return read(
        title -> {
          Path plain = folder.resolve(title);
          Path compressed = folder.resolve(title + ".gz");
          if (Files.isRegularFile(plain)) {
            return Files.readAllBytes(plain);
          }
          if (!Files.isRegularFile(compressed)) {
            throw new DataException(
                plain + ": expected this file or " + compressed.getFileName() + ", found neither");
          }
          try (InputStream stored = Files.newInputStream(compressed)) {
            return decompress(stored);
          }
        });
  }

  private static DataSet read(Folder folder) {
    List<String[]> columns = columns(content(folder, File.COLUMNS));
    return new DataSet(
        "mocap",
        sequences(folder, File.TRAIN, columns),
        sequences(folder, File.VALID, columns),
        sequences(folder, File.TEST, columns));
  }

  private static TimeSeries sequences(Folder folder, File file, List<String[]> columns) {
    byte[] content = content(folder, file);
    double[] times = new double[FRAMES];
    for (int frame = 0; frame < FRAMES; frame++) {
      times[frame] = frame / FRAMES_PER_SECOND;
    }
    List<String> names = columns.stream().map(column -> column[1]).toList();
    List<String> units = columns.stream().map(column -> column[3]).toList();
    var table = new SequenceTable(file.title(), file.sequences, FRAMES, names);
    var series =
        new TimeSeries(
            times, table.parse(new String(content, StandardCharsets.UTF_8)), names, units);
    checkSum(file, content);
    return series;
  }

  /** Rows of index, name, AMC channel, unit, standard deviation. */
  private static List<String[]> columns(byte[] content) {
    var rows = new ArrayList<String[]>();
    new String(content, StandardCharsets.UTF_8)
        .lines()
        .skip(1)
        .forEach(line -> rows.add(line.split(",", -1)));
    if (rows.size() != CHANNELS || rows.stream().anyMatch(row -> row.length != 5)) {
      throw new DataException(
          File.COLUMNS.title()
              + ": expected "
              + CHANNELS
              + " rows of 5 columns after the header, found "
              + rows.size()
              + " rows");
    }
    checkSum(File.COLUMNS, content);
    return rows;
  }

  private static byte[] content(Folder folder, File file) {
    try {
      return folder.read(file.title());
    } catch (EOFException e) {
      throw new DataException(
          file.title() + ".gz: expected a complete compressed file, found one cut short", e);
    } catch (IOException e) {
      throw new DataException(file.title() + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static byte[] decompress(InputStream stored) throws IOException {
    byte[] bytes = stored.readAllBytes();
    try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return unpacked.readAllBytes();
    }
  }

  /** Last of the checks: what is wrong with a file's form has a clearer message before. */
  private static void checkSum(File file, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      String sha256 = HexFormat.of().formatHex(digest);
      if (!sha256.equals(file.sha256)) {
        throw new DataException(
            file.title()
                + ": expected the published data with SHA-256 "
                + file.sha256
                + ", found "
                + sha256);
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
