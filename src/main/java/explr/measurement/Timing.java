package explr.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import explr.file.FileFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long a stretch of training took: a line of {@code timing.jsonl}.
 *
 * <p>Kept apart from the measurements, because those are the same bytes however often a run was
 * killed and resumed, and the clock is not. A period that was stopped and resumed has several
 * lines; of a process that was killed none tells.
 *
 * @param period from 1
 * @param images trained on
 * @param seconds of training, evaluation not counted
 * @param ended the time at its end, as ISO 8601 writes it
 * @param commit of the sources that trained it; null if unknown
 */
public record Timing(long period, long images, double seconds, String ended, String commit) {

  /** Refuses a period below 1, negative images and seconds that are not positive. */
  public Timing {
    if (period < 1 || images < 0 || !(seconds > 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "a timing needs a period from 1, images from 0 and positive seconds; got period "
              + period
              + ", "
              + images
              + " images, "
              + seconds
              + " s");
    }
  }

  /** A timing of a stretch that ends now. */
  public static Timing now(long period, long images, double seconds, Optional<String> commit) {
    return new Timing(period, images, seconds, Instant.now().toString(), commit.orElse(null));
  }

  /** When it began. */
  public Instant began() {
    return Instant.parse(ended).minusNanos(Math.round(seconds * 1e9));
  }

  /** Appends this as a line; starts a new line first where a kill left half of one. */
  public void appendTo(Path file) throws IOException {
    String line = new Gson().toJson(this) + "\n";
    try {
      boolean halfLine = Files.exists(file) && !endsWithLineFeed(file);
      Files.writeString(file, halfLine ? "\n" + line : line, UTF_8, CREATE, APPEND);
    } catch (IOException e) {
      throw new IOException("cannot write the timing " + file + ": " + FileFailure.reason(e), e);
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
