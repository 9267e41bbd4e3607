package explr.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * A variant's process, warmed up and waiting for its turn.
 *
 * <p>It ends when this is closed, and when this process ends, since its input ends then.
 */
final class Competitor implements AutoCloseable {

  private static final Path PROCESSES = Path.of("/proc");
  private static final int SECONDS_TO_END = 10;
  private static final String MISSING = "@missing ";

  private final Variant variant;
  private final Process process;
  private final Path log;
  private final BufferedReader answers;
  private final BufferedWriter orders;
  private final double secondsToFirstStep;
  private final List<Double> losses;
  private final String version;
  private final double secondsPerStep;

  /**
   * Starts a variant and waits until it is warm.
   *
   * @param log file for its standard error
   * @throws NotInstalledException if it reports that it lacks something
   * @throws IOException if it ends early, with the last line of its log
   */
  Competitor(Variant variant, Path log) throws IOException {
    this.variant = variant;
    this.log = log;
    Path program = Path.of(variant.command().get(0));
    if (!Files.isExecutable(program)) {
      throw new NotInstalledException(
          "there is no "
              + program
              + (variant.inPython() ? "; environment/benchmark --with-python makes it" : ""));
    }
    ProcessBuilder builder = new ProcessBuilder(variant.command());
    builder.environment().putAll(variant.environment());
    builder.redirectError(log.toFile());
    long began = System.nanoTime();
    process = builder.start();
    answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
    try {
      answer("@first");
      secondsToFirstStep = (System.nanoTime() - began) / 1e9;
      Ready ready = Ready.parse(answer("@ready "));
      losses = ready.losses;
      version = ready.version;
      secondsPerStep = ready.secondsPerStep;
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private record Ready(List<Double> losses, String version, double secondsPerStep) {
    static Ready parse(String json) throws IOException {
      try {
        JsonObject object = new Gson().fromJson(json, JsonObject.class);
        return new Ready(
            object.getAsJsonArray("losses").asList().stream().map(e -> e.getAsDouble()).toList(),
            object.get("version").getAsString(),
            object.get("seconds_per_step").getAsDouble());
      } catch (JsonParseException | NullPointerException e) {
        throw new IOException("the answer @ready of a worker cannot be read: " + json, e);
      }
    }
  }

  /** The rest of the next line that begins so; libraries may print others before it. */
  private String answer(String beginning) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length());
      }
      if (line.startsWith(MISSING)) {
        throw new NotInstalledException(line.substring(MISSING.length()));
      }
    }
    throw new IOException(variant.id() + " ended early: " + lastWords());
  }

  private String lastWords() throws IOException {
    List<String> lines =
        new String(Files.readAllBytes(log), UTF_8).lines().filter(l -> !l.isBlank()).toList();
    return lines.isEmpty() ? "its log is empty" : lines.get(lines.size() - 1) + " (" + log + ")";
  }

  Variant variant() {
    return variant;
  }

  /** From the start of the process to the end of its first training step. */
  double secondsToFirstStep() {
    return secondsToFirstStep;
  }

  /** The mean losses of the first batches; none for what does not train. */
  List<Double> losses() {
    return losses;
  }

  /** The software it runs on, with its version. */
  String version() {
    return version;
  }

  /** The mean time of a step while it warmed up. */
  double secondsPerStep() {
    return secondsPerStep;
  }

  /** Takes steps and returns their time in seconds. */
  double run(int steps) throws IOException {
    orders.write("run " + steps + "\n");
    orders.flush();
    return Double.parseDouble(answer("@ran "));
  }

  /** Its peak memory so far, in 10⁶ bytes; empty where the system does not report it. */
  OptionalDouble peakMegabytes() throws IOException {
    return megabytes("VmHWM:");
  }

  /** Its memory now, in 10⁶ bytes; empty where the system does not report it. */
  OptionalDouble megabytes() throws IOException {
    return megabytes("VmRSS:");
  }

  /** Its memory on the GPU now, in 10⁶ bytes; empty where none is reported. */
  OptionalDouble deviceMegabytes() {
    return variant.workload().onGpu()
        ? DeviceMemory.megabytes(process.pid())
        : OptionalDouble.empty();
  }

  private OptionalDouble megabytes(String field) throws IOException {
    Path status = PROCESSES.resolve(process.pid() + "/status");
    if (!Files.isReadable(status)) {
      return OptionalDouble.empty();
    }
    return Files.readString(status)
        .lines()
        .filter(line -> line.startsWith(field))
        .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D+", "")) / 1e6)
        .findFirst();
  }

  @Override
  public void close() {
    try {
      orders.close();
    } catch (IOException alreadyEnded) {
      // Nobody is there to read it.
    }
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
