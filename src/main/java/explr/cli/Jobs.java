package explr.cli;

import explr.experiment.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Trains several segments at the same time, each after its parent. */
final class Jobs {

  private static final int MILLIS_FOR_A_SIGNAL = 500;

  private final SegmentRunner runner;
  private final int atOnce;
  private final Map<String, String> failures = new ConcurrentSkipListMap<>();

  /**
   * Jobs that train segments.
   *
   * @param runner trains a segment
   * @param atOnce number of segments trained at the same time
   */
  Jobs(SegmentRunner runner, int atOnce) {
    this.runner = runner;
    this.atOnce = atOnce;
  }

  /**
   * Trains all segments. They begin in the order of the list, each after its parent.
   *
   * @throws InterruptedException if this thread was interrupted or a signal stopped a job; all
   *     segments are saved
   * @throws IllegalStateException if a segment failed and no signal was the reason; all others are
   *     done or saved
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

  private void work(List<Segment> segments, SegmentQueue queue) throws InterruptedException {
    for (OptionalInt next = queue.take(); next.isPresent(); next = queue.take()) {
      Segment segment = segments.get(next.getAsInt());
      SegmentRunner.End end = SegmentRunner.End.failed("ended before it began");
      try {
        end = runner.train(segment);
      } catch (IOException | RuntimeException e) {
        end = SegmentRunner.End.failed("failed: " + Program.sentence(e));
      } finally {
        queue.ended(next.getAsInt(), end.done());
      }
      if (end.stopped()) {
        // A signal reached it: stop the others too.
        queue.stop();
      } else if (!end.done()) {
        failures.put(segment.run().title(), end.failure());
      }
    }
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
                  .map(entry -> entry.getKey() + " " + entry.getValue())
                  .collect(Collectors.joining("; "))
              + ". What was measured is kept; the same command continues from there");
    }
  }

  /** A signal to all processes may reach this one a moment later than those that it stopped. */
  private static void awaitSignal() throws InterruptedException {
    Thread.sleep(MILLIS_FOR_A_SIGNAL);
  }

  /** Waits, without a limit, until the jobs have saved what they trained. */
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
}
