package explr.cli;

import explr.training.Epoch;
import explr.training.Listener;
import explr.training.Run;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how training goes: a bar on a terminal, a line per epoch elsewhere.
 *
 * <p>The time left counts all runs of the command, at the speed seen so far.
 */
final class Progress implements Listener {

  private final boolean terminal = System.console() != null;
  private final int batchSize;
  private final long iterationsToTrain;
  private final long began = System.nanoTime();
  private long iterationsTrained;
  private long epochBegan;
  private long epochIterations;
  private String title = "";
  private ProgressBar bar;

  Progress(long iterationsToTrain, int batchSize) {
    this.iterationsToTrain = iterationsToTrain;
    this.batchSize = batchSize;
  }

  void begin(String newTitle, long done, long iterations) {
    title = newTitle;
    epochBegan = System.nanoTime();
    epochIterations = 0;
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(title)
              .setInitialMax(iterations)
              .startsFrom(done, Duration.ZERO)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .hideEta()
              .build();
    } else {
      System.out.printf(
          "%s%s%n",
          title,
          done >= iterations
              ? ": trained already"
              : done > 0 ? ": goes on at iteration " + done : "");
    }
  }

  @Override
  public void between(Run run) {
    iterationsTrained++;
    epochIterations++;
    if (bar != null) {
      bar.stepTo(run.iteration());
    }
  }

  @Override
  public void epoch(Epoch epoch) {
    double seconds = (System.nanoTime() - epochBegan) / 1e9;
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d: %.0f images/s, train %.1f %%, test %.1f %%, rate 10^%.1f, %s left",
            epoch.number(),
            epochIterations * batchSize / seconds,
            100 * epoch.train().accuracy(),
            100 * epoch.test().accuracy(),
            epoch.logLearningRate() / Math.log(10),
            duration(secondsLeft()));
    if (bar != null) {
      bar.setExtraMessage(text);
    } else {
      System.out.println("  " + text);
    }
    epochBegan = System.nanoTime();
    epochIterations = 0;
  }

  private double secondsLeft() {
    double perIteration = (System.nanoTime() - began) / 1e9 / Math.max(1, iterationsTrained);
    return perIteration * Math.max(0, iterationsToTrain - iterationsTrained);
  }

  void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** Seconds as a person says them. */
  static String duration(double seconds) {
    if (seconds < 90) {
      return Math.round(seconds) + " s";
    }
    if (seconds < 90 * 60) {
      return Math.round(seconds / 60) + " min";
    }
    return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
  }
}
