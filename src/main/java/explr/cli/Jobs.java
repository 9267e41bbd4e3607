package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.experiment.Curve;
import explr.experiment.PaperFigure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/**
 * Trains several runs at the same time, each in a process of its own.
 *
 * <p>Processes, because an engine is started once in a process, with its number of threads: two
 * runs of one thread each train more images a second than two in turn on two threads.
 */
final class Jobs {

  /**
   * A run to train.
   *
   * @param figure one that shows the curve
   */
  record Job(PaperFigure figure, Curve curve, long seed) {
    String title() {
      return curve.title() + ", seed " + seed;
    }
  }

  private final RunOptions options;
  private final int atOnce;
  private final int threads;
  private final Progress progress;
  private final ToLongFunction<Job> done;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /**
   * A way of training runs.
   *
   * @param atOnce how many at the same time
   * @param threads of each
   * @param done how many iterations a run has behind it
   */
  Jobs(RunOptions options, int atOnce, int threads, Progress progress, ToLongFunction<Job> done) {
    this.done = done;
    this.options = options;
    this.atOnce = atOnce;
    this.threads = threads;
    this.progress = progress;
  }

  /**
   * Trains all, in their order as far as one begins before another.
   *
   * @throws InterruptedException if this thread was interrupted, or a run stopped on a signal: all
   *     are saved
   * @throws IllegalStateException if a run failed; all others are done, or saved
   */
  void train(List<Job> jobs) throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    List<Future<Integer>> results = new ArrayList<>();
    for (Job job : jobs) {
      results.add(pool.submit(() -> train(job)));
    }
    pool.shutdown();
    boolean interrupted = false;
    try {
      while (!pool.awaitTermination(1, TimeUnit.SECONDS)) {
        if (stopped.get()) {
          break;
        }
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted || stopped.get()) {
      stopped.set(true);
      pool.shutdownNow();
      awaitQuietly(pool);
    }
    requireNoFailure(jobs, results);
    if (interrupted || stopped.get()) {
      throw new InterruptedException("stopped by a signal");
    }
  }

  /** Looks at what became of each run that was begun, once all have ended. */
  private static void requireNoFailure(List<Job> jobs, List<Future<Integer>> results)
      throws InterruptedException {
    List<String> failed = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      // A job that was never begun is not done, and has nothing to tell.
      if (results.get(i).isDone()) {
        int code = codeOf(results.get(i));
        if (code != Main.DONE && code != Main.GO_ON_LATER) {
          failed.add(jobs.get(i).title() + " ended with exit code " + code);
        }
      }
    }
    if (!failed.isEmpty()) {
      throw new IllegalStateException(
          String.join("; ", failed)
              + ". What was measured is kept, and the same command goes on from there");
    }
  }

  private static int codeOf(Future<Integer> result) throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
    }
  }

  /** The processes save what they have; that takes as long as it takes. */
  private static void awaitQuietly(ExecutorService pool) {
    boolean interrupted = false;
    while (!pool.isTerminated()) {
      try {
        pool.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int train(Job job) throws IOException {
    if (stopped.get()) {
      return Main.GO_ON_LATER;
    }
    progress.begin(job.title(), done.applyAsLong(job), job.curve().rates().iterations());
    Process process =
        new ProcessBuilder(command(job)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Thread reader = new Thread(() -> read(process, job), "explr-" + job.title());
    reader.start();
    try {
      int code = process.waitFor();
      reader.join();
      if (code == Main.GO_ON_LATER) {
        // A signal reached it: the others are to stop, too.
        stopped.set(true);
      }
      return code;
    } catch (InterruptedException e) {
      // The end of its input tells it to save and stop.
      process.getOutputStream().close();
      return waitFor(process);
    }
  }

  private static int waitFor(Process process) {
    while (true) {
      try {
        return process.waitFor();
      } catch (InterruptedException again) {
        continue;
      }
    }
  }

  private void read(Process process, Job job) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(TrainOne.STEP)) {
          progress.trained(Long.parseLong(line.substring(TrainOne.STEP.length())));
        } else if (line.startsWith(TrainOne.EPOCH)) {
          String epoch = line.substring(TrainOne.EPOCH.length());
          progress.epoch(job.title(), EpochLine.decoded(epoch));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(Job job) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Not all of them: two processes cannot listen on the port of one debugger.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("-D"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.add("train-one");
    command.addAll(List.of("--figure", job.figure().name()));
    command.addAll(List.of("--curve", job.curve().name(), "--seed", Long.toString(job.seed())));
    command.addAll(List.of("--threads", Integer.toString(threads)));
    command.addAll(options.arguments());
    return command;
  }
}
