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
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Trains each segment in a separate process, for several runs at a time on a CPU.
 *
 * <p>An engine starts once per process, with a fixed number of threads. Two concurrent runs of one
 * thread each train more images per second than two successive runs of two threads.
 *
 * @param trainer settings of the training
 * @param data folder of the images; empty for the embedded sample
 * @param left number of iterations of a segment that are still to be trained
 */
record ProcessRunner(
    Trainer trainer, Optional<Path> data, Progress progress, ToLongFunction<Segment> left)
    implements SegmentRunner {

  /** The exit codes of processes that signals 2 and 15 ended. */
  private static final int SIGINT = 130;

  private static final int SIGTERM = 143;

  @Override
  public End train(Segment segment) throws IOException {
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
      return end(code);
    } catch (InterruptedException e) {
      // The process saves and stops at the end of its input.
      closeInput(process);
      return end(waitFor(process));
    }
  }

  /** A process that was killed before its signal handler was installed counts as stopped. */
  private static End end(int code) {
    return switch (code) {
      case Main.DONE -> End.DONE;
      case Main.STOPPED, SIGINT, SIGTERM -> End.STOPPED;
      default -> End.failed("ended with exit code " + code);
    };
  }

  /** Leaves the input open: its end would mean that this process has ended. */
  private static void send(SegmentJob job, Process process) {
    try {
      process.getOutputStream().write((job.toJson() + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    } catch (IOException ended) {
      // It was killed before it read its job; its exit code shows how.
    }
  }

  private static void closeInput(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException ended) {
      // The process has already ended.
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
