package explr.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.training.Task;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The process of a variant in Java: trains on request and waits in between.
 *
 * <p>It prints {@code @first} after its first step; then it warms up and prints {@code @ready} with
 * the losses of its first steps, the engine and the time of a step, as JSON. On each line {@code
 * run N} it takes N steps and prints {@code @ran SECONDS}. The end of its input, or {@code quit},
 * ends it. If it lacks something, it prints {@code @missing} with the reason; if it fails, the
 * reason is the last line of its standard error. Other lines mean nothing: native libraries print,
 * too.
 */
public final class Worker {

  /** The number of losses that all sides must agree on. */
  static final int LOSSES = 2;

  private static final int LEAST_WARM_UP_STEPS = 3;
  private static final double WARM_UP_SECONDS = 2;
  private static final String SEVERAL = "several-";

  private Worker() {}

  /**
   * Runs a worker.
   *
   * @param arguments the kind of stepper: {@code learner}, {@code blocks}, {@code program}, {@code
   *     eager}, {@code run}, {@code several-N} or an {@link Overhead.Part}; the engine, a {@link
   *     Workload}, and for runs a folder
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Workload workload = Workload.parse(List.of(arguments).subList(2, arguments.length));
    EngineName engine = EngineName.parse(arguments[1]);
    if (!engine.available()) {
      say(System.out, "@missing " + engine.displayName() + " has no library for this platform");
      System.exit(1);
    }
    Task task = workload.task(workload.data(), engine);
    String lack = missing(task.backend());
    if (!lack.isEmpty()) {
      say(System.out, "@missing " + lack);
      System.exit(1);
    }
    try (Stepper stepper = stepper(workload, task, arguments);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      serve(stepper, orders, System.out);
    } catch (IOException | RuntimeException | Error e) {
      e.printStackTrace();
      System.err.println(reason(e));
      System.exit(1);
    }
    // Threads of an engine would keep the process alive.
    System.exit(0);
  }

  /** The first line of a failure's message: libtorch appends its own trace. */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.toString()
        : message.strip().lines().findFirst().orElseThrow();
  }

  /** What this machine lacks for a backend, or nothing. */
  private static String missing(Backend backend) {
    try {
      backend.gpu();
      return "";
    } catch (IllegalArgumentException | IllegalStateException e) {
      return e.getMessage();
    }
  }

  /**
   * The stepper of a kind.
   *
   * @param arguments those of {@link #main}
   */
  static Stepper stepper(Workload workload, Task task, String... arguments)
      throws IOException, InterruptedException {
    String kind = arguments[0];
    if (kind.startsWith(SEVERAL)) {
      return new SeveralStepper(task, Integer.parseInt(kind.substring(SEVERAL.length())));
    }
    switch (kind) {
      case "learner":
        return new LearnerStepper(task);
      case "blocks":
        return new BlocksStepper(workload, task);
      case "program":
        return ProgramStepper.captured(task);
      case "eager":
        return ProgramStepper.eager(task);
      case "run":
        return RunStepper.withEvaluation(task, newFolder(kind, arguments));
      default:
        Overhead.Part part = Overhead.Part.of(kind);
        return part == Overhead.Part.BARE_STEP
            ? new BareStepper(task)
            : RunStepper.withoutEvaluation(
                task, part == Overhead.Part.RUN_EXPONENTIAL, newFolder(kind, arguments));
    }
  }

  private static Path newFolder(String kind, String... arguments) throws IOException {
    Path stores = Files.createDirectories(Path.of(arguments[arguments.length - 1]));
    return Files.createTempDirectory(stores, kind);
  }

  static void serve(Stepper stepper, BufferedReader orders, PrintStream answers)
      throws IOException, InterruptedException {
    List<Double> losses = new ArrayList<>();
    losses.add(stepper.step());
    say(answers, "@first");
    while (losses.size() < LOSSES) {
      losses.add(stepper.step());
    }
    Map<String, Object> ready = new LinkedHashMap<>();
    ready.put("losses", losses);
    ready.put("version", stepper.version());
    ready.put("seconds_per_step", warmUp(stepper));
    say(answers, "@ready " + new Gson().toJson(ready));
    for (String order = orders.readLine();
        order != null && !order.equals("quit");
        order = orders.readLine()) {
      int steps = Integer.parseInt(order.substring("run ".length()));
      say(answers, "@ran " + secondsOf(stepper, steps));
    }
  }

  /** Returns the mean time of a step in seconds. */
  private static double warmUp(Stepper stepper) throws InterruptedException {
    long began = System.nanoTime();
    int steps = 0;
    double seconds = 0;
    while (steps < LEAST_WARM_UP_STEPS || seconds < WARM_UP_SECONDS) {
      int block = stepper.block();
      stepper.run(block);
      steps += block;
      seconds = (System.nanoTime() - began) / 1e9;
    }
    return seconds / steps;
  }

  private static double secondsOf(Stepper stepper, int steps) throws InterruptedException {
    long began = System.nanoTime();
    stepper.run(steps);
    return (System.nanoTime() - began) / 1e9;
  }

  private static void say(PrintStream answers, String line) {
    answers.println(line);
    answers.flush();
  }
}
