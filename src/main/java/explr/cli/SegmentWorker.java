package explr.cli;

import explr.experiment.Segment;
import explr.experiment.SegmentJob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Trains one segment and reports to the {@link ProcessRunner} that started this process.
 *
 * <p>Standard input: a {@link SegmentJob} in one line, then nothing. The end of the input means
 * that the starting process has ended; training then saves and stops.
 *
 * <p>Standard output, one line each: {@code step} and the number of steps since the last such line;
 * {@code period} and a {@link PeriodLine}; {@code notice} and a sentence.
 */
@Command(name = "train-segment", hidden = true)
final class SegmentWorker implements Callable<Integer> {

  static final String STEP = "step ";
  static final String PERIOD = "period ";
  static final String NOTICE = "notice ";

  /** Steps are reported together, at most this often. */
  private static final long NANOS_BETWEEN = 500_000_000;

  private long unreported;
  private long reported = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    // First of all, because a signal may arrive at once.
    return Signals.interrupting(this::train, () -> Main.STOPPED);
  }

  private int train() throws IOException, InterruptedException {
    SegmentJob job = SegmentJob.parse(firstLine(System.in));
    Thread training = Thread.currentThread();
    Thread watch = new Thread(() -> awaitEndOfInput(training), "explr-parent");
    watch.setDaemon(true);
    watch.start();
    Segment segment = job.segment();
    ProgressListener listener =
        new ProgressListener(
            job.profile().batchSize(),
            this::stepped,
            period -> {
              reportSteps();
              report(PERIOD + period.encoded());
            },
            notice -> report(NOTICE + notice));
    job.trainer().train(segment, listener);
    reportSteps();
    return Main.DONE;
  }

  private void stepped(long steps) {
    unreported += steps;
    if (System.nanoTime() - reported > NANOS_BETWEEN) {
      reportSteps();
    }
  }

  private void reportSteps() {
    report(STEP + unreported);
    unreported = 0;
    reported = System.nanoTime();
  }

  private static void report(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** Reads single bytes, to leave the rest to the thread that waits for the end of the input. */
  private static String firstLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static void awaitEndOfInput(Thread training) {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // The process that started this one has ended.
    }
    training.interrupt();
  }
}
