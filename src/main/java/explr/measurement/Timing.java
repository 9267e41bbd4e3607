package explr.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

/**
 * How long a stretch of training took: a line of {@code timing.jsonl}.
 *
 * <p>Kept apart from the measurements, because those are the same bytes however often a run was
 * killed and resumed, and the clock is not. An epoch that was resumed has several lines.
 *
 * @param epoch from 1
 * @param images trained on
 * @param seconds of training, evaluation not counted
 */
public record Timing(int epoch, long images, double seconds) {

  /** Refuses an epoch below 1, negative images and seconds that are not positive. */
  public Timing {
    if (epoch < 1 || images < 0 || !(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "a timing needs an epoch from 1, images from 0 and positive seconds; got epoch "
              + epoch
              + ", "
              + images
              + " images, "
              + seconds
              + " s");
    }
  }

  /** Images a second. */
  public double imagesPerSecond() {
    return images / seconds;
  }

  /** Appends this as a line; starts a new line first where a kill left half of one. */
  public void appendTo(Path file) throws IOException {
    String line = new Gson().toJson(this) + "\n";
    try {
      boolean halfLine = Files.exists(file) && !endsWithLineFeed(file);
      Files.writeString(file, halfLine ? "\n" + line : line, UTF_8, CREATE, APPEND);
    } catch (IOException e) {
      throw new IOException("cannot write the timing " + file + ": " + e, e);
    }
  }

  /** Reads all lines, leaving out those that a kill cut short; none if there is no such file. */
  public static List<Timing> read(Path file) throws IOException {
    List<Timing> timings = new ArrayList<>();
    if (Files.exists(file)) {
      for (String line : Files.readString(file).lines().filter(l -> !l.isBlank()).toList()) {
        if (line.endsWith("}")) {
          timings.add(parse(line, file));
        }
      }
    }
    return List.copyOf(timings);
  }

  /**
   * A copy of a per-epoch table with the images a second of each epoch beside it, for display.
   *
   * @return with the column {@link Column#IMAGES_PER_SECOND}, missing where nothing was timed
   */
  public static Table join(Table measurements, List<Timing> timings) {
    DoubleColumn rate = DoubleColumn.create(Column.IMAGES_PER_SECOND.name());
    for (int epoch : measurements.intColumn(Column.EPOCH.name()).asIntArray()) {
      List<Timing> ofEpoch = timings.stream().filter(timing -> timing.epoch == epoch).toList();
      if (ofEpoch.isEmpty()) {
        rate.appendMissing();
      } else {
        rate.append(
            ofEpoch.stream().mapToLong(Timing::images).sum()
                / ofEpoch.stream().mapToDouble(Timing::seconds).sum());
      }
    }
    return measurements.copy().addColumns(rate);
  }

  private static Timing parse(String line, Path file) throws IOException {
    try {
      return new Gson().fromJson(line, Timing.class);
    } catch (JsonSyntaxException e) {
      throw new IOException(file + " has a line that is no timing: " + line, e);
    }
  }

  private static boolean endsWithLineFeed(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    return bytes.length == 0 || bytes[bytes.length - 1] == '\n';
  }
}
