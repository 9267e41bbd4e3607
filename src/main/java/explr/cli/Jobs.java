package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.experiment.Segment;
import explr.experiment.SegmentJob;
import explr.experiment.Trainer;
import explr.machine.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Trains several segments at the same time, each in a process of its own.
 *
 * <p>Processes, because an engine is started once in a process, with its number of threads: two
 * runs of one thread each train more images a second than two in turn on two threads.
 */
final class Jobs {

  /** What a shell makes of signals 2 and 15. */
  private static final int SIGINT = 130;

  private static final int SIGTERM = 143;
  private static final int MILLIS_FOR_A_SIGNAL = 500;

  private final Trainer trainer;
  private final Optional<Path> data;
  private final int atOnce;
  private final Progress progress;
  private final ToLongFunction<Segment> left;
  private final Map<String, Integer> failures = new ConcurrentSkipListMap<>();

  /**
   * Processes that train segments.
   *
   * @param trainer what each of them does
   * @param data folder of the images; empty for the embedded sample
   * @param atOnce how many at the same time
   * @param left how many iterations of a segment are still to be trained
   */
  Jobs(
      Trainer trainer,
      Optional<Path> data,
      int atOnce,
      Progress progress,
      ToLongFunction<Segment> left) {
    this.trainer = trainer;
    this.data = data;
    this.atOnce = atOnce;
    this.progress = progress;
    this.left = left;
  }

  /**
   * Trains all, in their order as far as one begins before another, each after its parent.
   *
   * @throws InterruptedException if this thread was interrupted, or a process stopped on a signal:
   *     all are saved
   * @throws IllegalStateException if one failed, and no signal was the reason; all others are done,
   *     or saved
   */
  void train(List<Segment> segments) throws InterruptedException {
    SegmentQueue queue = new SegmentQueue(segments);
    ExecutorService pool = Executors.newFixedThreadPool(atOnce);
    List<Future<?>> workers = new ArrayList<>();
    for (int worker = 0; worker < atOnce; worker++) {
      workers.add(
          pool.submit(
              () -> {
                work(segments, queue);
                return null;
              }));
    }
    pool.shutdown();
    boolean interrupted = false;
    try {
      while (!queue.stopped() && !pool.awaitTermination(1, TimeUnit.SECONDS)) {
        continue;
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted || queue.stopped()) {
      queue.stop();
      pool.shutdownNow();
      awaitQuietly(pool);
    }
    if (interrupted) {
      // A failure caused by a signal to the whole process group does not count.
      throw new InterruptedException("stopped by a signal");
    }
    requireNoFailure(workers);
    if (queue.stopped()) {
      throw new InterruptedException("stopped by a signal");
    }
  }

  private void work(List<Segment> segments, SegmentQueue queue)
      throws IOException, InterruptedException {
    for (OptionalInt next = queue.take(); next.isPresent(); next = queue.take()) {
      Segment segment = segments.get(next.getAsInt());
      int code = Main.FAILED;
      try {
        code = train(segment);
      } finally {
        queue.ended(next.getAsInt(), code == Main.DONE);
      }
      if (stoppedBySignal(code)) {
        // A signal reached it: stop the others too.
        queue.stop();
      } else if (code != Main.DONE) {
        failures.put(segment.run().title(), code);
      }
    }
  }

  /** Includes a process killed before its signal handler was installed. */
  private static boolean stoppedBySignal(int code) {
    return code == Main.STOPPED || code == SIGINT || code == SIGTERM;
  }

  private void requireNoFailure(List<Future<?>> workers) throws InterruptedException {
    for (Future<?> worker : workers) {
      try {
        worker.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof InterruptedException)) {
          awaitSignal();
          throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
      }
    }
    if (!failures.isEmpty()) {
      awaitSignal();
      throw new IllegalStateException(
          failures.entrySet().stream()
                  .map(entry -> entry.getKey() + " ended with exit code " + entry.getValue())
                  .collect(Collectors.joining("; "))
              + ". What was measured is kept; the same command continues from there");
    }
  }

  /** A signal to all processes may reach this one a moment later than those that it broke. */
  private static void awaitSignal() throws InterruptedException {
    Thread.sleep(MILLIS_FOR_A_SIGNAL);
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

  private int train(Segment segment) throws IOException {
    progress.begin(segment, left.applyAsLong(segment));
    Process process =
        new ProcessBuilder(JavaCommand.of(Main.class, List.of("train-segment")))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    send(SegmentJob.of(segment, trainer, data), process);
    Thread reader = new Thread(() -> read(process, segment), "explr-" + segment.run().title());
    reader.start();
    try {
      int code = process.waitFor();
      reader.join();
      return code;
    } catch (InterruptedException e) {
      // At the end of its input it saves and stops.
      closeInput(process);
      return waitFor(process);
    }
  }

  /** Leaves the input open: its end means that this process is gone. */
  private static void send(SegmentJob job, Process process) {
    try {
      process.getOutputStream().write((job.toJson() + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException ended) {
      // It was killed before it read its job; its exit code says how.
    }
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // It has ended already.
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

  private void read(Process process, Segment segment) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(SegmentWorker.STEP)) {
          progress.trained(Long.parseLong(line.substring(SegmentWorker.STEP.length())));
        } else if (line.startsWith(SegmentWorker.PERIOD)) {
          String period = line.substring(SegmentWorker.PERIOD.length());
          progress.period(segment.run().title(), PeriodLine.decoded(period));
        } else if (line.startsWith(SegmentWorker.NOTICE)) {
          progress.notice(segment.run().title(), line.substring(SegmentWorker.NOTICE.length()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
