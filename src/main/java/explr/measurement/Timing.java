package explr.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.gson.Gson;
import explr.file.FileFailure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * How long a stretch of training took: a line of {@code timing.jsonl}.
 *
 * <p>Kept apart from the measurements, because those are the same bytes however often a run was
 * killed and resumed, and the clock is not. A period that was stopped and resumed has several
 * lines; a process that was killed leaves none. Times only inform: each line has a checksum of its
 * own, and one that does not fit is left out.
 *
 * @param period from 1
 * @param images trained on
 * @param seconds of training, evaluation not counted
 * @param ended the time at its end, as ISO 8601 writes it
 * @param commit of the sources that trained it; null if unknown
 */
public record Timing(long period, long images, double seconds, String ended, String commit) {

  private static final Pattern SEALED = Pattern.compile("(.*),\"crc32c\":\"([0-9a-f]{8})\"}");

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

  /** As a line of the file: JSON whose last member is the CRC-32C of the JSON without it. */
  public String line() {
    String json = new Gson().toJson(this);
    return json.substring(0, json.length() - 1) + ",\"crc32c\":\"" + crc32c(json) + "\"}";
  }

  /** Appends this as a line; cuts off half of one that a kill left. For one process at a time. */
  public void appendTo(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      channel.truncate(wholeLines(Files.readAllBytes(file)));
      channel.position(channel.size());
      channel.write(ByteBuffer.wrap((line() + "\n").getBytes(UTF_8)));
    } catch (IOException e) {
      throw new IOException("cannot write the timing " + file + ": " + FileFailure.reason(e), e);
    }
  }

  /**
   * Reads all lines but half of one, at the end, that a kill left.
   *
   * @param notice receives a sentence on each line that is damaged and left out
   * @return none if there is no such file
   */
  public static List<Timing> read(Path file, Consumer<String> notice) throws IOException {
    List<Timing> timings = new ArrayList<>();
    if (Files.exists(file)) {
      byte[] bytes = Files.readAllBytes(file);
      String[] lines = new String(bytes, 0, wholeLines(bytes), UTF_8).split("\n", -1);
      for (int i = 0; i < lines.length - 1; i++) {
        Optional<Timing> timing = parse(lines[i]);
        timing.ifPresent(timings::add);
        if (timing.isEmpty()) {
          notice.accept(
              file
                  + ", line "
                  + (i + 1)
                  + " is damaged and left out: the times that it held are not known any more");
        }
      }
    }
    return List.copyOf(timings);
  }

  /** Reads a line; nothing if it is damaged. */
  static Optional<Timing> parse(String line) {
    Matcher parts = SEALED.matcher(line);
    return parts.matches() && crc32c(parts.group(1) + "}").equals(parts.group(2))
        ? unsealed(parts.group(1) + "}")
        : Optional.empty();
  }

  /** Reads a line of version 0.1.0, which had no checksum; nothing if it is damaged for sure. */
  public static Optional<Timing> unsealed(String json) {
    try {
      Timing timing = new Gson().fromJson(json, Timing.class);
      timing.began();
      return Optional.of(timing);
    } catch (RuntimeException damaged) {
      // Gson, the constructor and the clock throw different exceptions.
      return Optional.empty();
    }
  }

  private static String crc32c(String json) {
    CRC32C checksum = new CRC32C();
    checksum.update(json.getBytes(UTF_8));
    return HexFormat.of().toHexDigits(checksum.getValue(), 8);
  }

  /** The length up to and with the last line feed. */
  private static int wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }
}
