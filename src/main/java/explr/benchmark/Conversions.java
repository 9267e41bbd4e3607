package explr.benchmark;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Conversions of long recipes, timed by JMH in a separate process. */
final class Conversions {

  /**
   * What JMH found.
   *
   * @param benchmark the method's name
   * @param milliseconds mean of a call
   * @param error half the width of JMH's 99.9 % confidence interval, in milliseconds
   */
  record Time(String benchmark, double milliseconds, double error) {}

  private Conversions() {}

  /**
   * Runs the benchmarks that a class path holds.
   *
   * @param jmh JMH and the compiled benchmarks, in addition to the class path of this program
   * @param folder for JMH's report
   */
  static List<Time> measure(String jmh, Path folder) throws IOException, InterruptedException {
    Path report = folder.resolve("conversion.json");
    Path log = folder.resolve("conversion.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            jmh + File.pathSeparator + System.getProperty("java.class.path"),
            "org.openjdk.jmh.Main",
            "-rf",
            "json",
            "-rff",
            report.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (process.waitFor() != 0) {
      throw new IOException("JMH ended with code " + process.exitValue() + "; see " + log);
    }
    return parse(Files.readString(report));
  }

  static List<Time> parse(String report) {
    List<Time> times = new ArrayList<>();
    for (JsonElement element : new Gson().fromJson(report, JsonArray.class)) {
      JsonObject benchmark = element.getAsJsonObject();
      String name = benchmark.get("benchmark").getAsString();
      JsonObject metric = benchmark.getAsJsonObject("primaryMetric");
      // With a single measurement JMH's error is not a number, which it writes as text.
      times.add(
          new Time(
              name.substring(name.lastIndexOf('.') + 1),
              metric.get("score").getAsDouble(),
              metric.get("scoreError").getAsDouble()));
    }
    return List.copyOf(times);
  }
}
