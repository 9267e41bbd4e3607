package explr.cli;

import explr.experiment.Segment;
import explr.text.Seconds;
import java.io.Console;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how the training of all runs goes: a bar on a terminal, a line per period elsewhere.
 *
 * <p>The time left counts all runs of the command, at the speed seen so far. Safe for use by
 * several threads, one for each run that trains.
 */
final class Progress implements AutoCloseable {

  /** To the line's beginning, and delete it. */
  private static final String OVER_THE_BAR = "\r\u001b[2K";

  private final long iterationsToTrain;
  private final boolean several;
  private final long began = System.nanoTime();
  private final PrintStream out;
  private final ProgressBar bar;
  private long iterationsTrained;

  /**
   * Progress of nothing yet.
   *
   * @param iterationsToTrain of all runs together
   * @param several whether runs train at the same time, so that each line must name its run
   */
  Progress(long iterationsToTrain, boolean several) {
    this(iterationsToTrain, several, onTerminal() && iterationsToTrain > 0, System.out);
  }

  /** The same on a stream, with a bar or with lines alone. */
  Progress(long iterationsToTrain, boolean several, boolean withBar, PrintStream out) {
    this.iterationsToTrain = iterationsToTrain;
    this.several = several;
    this.out = out;
    bar = withBar ? bar(iterationsToTrain, out) : null;
  }

  /** Whether a person sees what is printed; from Java 22 on a log may have a console, too. */
  static boolean onTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException beforeJava22) {
      return true;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the console does not report whether it is a terminal", e);
    }
  }

  private static ProgressBar bar(long iterations, PrintStream out) {
    return new ProgressBarBuilder()
        // The default one counts lines of the screen, and would write over notices.
        .setConsumer(new ConsoleProgressBarConsumer(out))
        .setTaskName("training")
        .setInitialMax(iterations)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .hideEta()
        .build();
  }

  /**
   * Says that a segment begins.
   *
   * @param left iterations of it that are still to be trained
   */
  synchronized void begin(Segment segment, long left) {
    String state =
        left == 0
            ? ": trained already"
            : left < segment.iterations()
                ? ": continues at iteration " + (segment.end() - left)
                : segment.parent().isPresent()
                    ? ": branches off at iteration " + segment.start()
                    : several ? ": begins" : "";
    say(segment.run().title() + state);
  }

  /** Says that a run has taken some more steps. */
  synchronized void trained(long iterations) {
    iterationsTrained += iterations;
    if (bar != null) {
      bar.stepTo(iterationsTrained);
    }
  }

  /** Says what a run measured after a period. */
  synchronized void period(String title, PeriodLine period) {
    String text = "%s, %s left".formatted(period, Seconds.text(secondsLeft()));
    if (bar != null) {
      bar.setExtraMessage(" " + (several ? title + ", " : "") + text);
    } else {
      say((several ? title + ", " : "  ") + text);
    }
  }

  /** Says what a user should know of a run, in a line that stays. */
  synchronized void notice(String title, String message) {
    print((bar == null ? "" : OVER_THE_BAR) + title + ": " + message);
    if (bar != null) {
      bar.refresh();
    }
  }

  private void say(String line) {
    if (bar == null) {
      print(line);
    } else {
      bar.setExtraMessage(" " + line);
    }
  }

  private void print(String line) {
    // In one piece: a thread of the bar's own prints, too.
    out.print(line + "\n");
    out.flush();
  }

  private double secondsLeft() {
    double perIteration = (System.nanoTime() - began) / 1e9 / Math.max(1, iterationsTrained);
    return perIteration * Math.max(0, iterationsToTrain - iterationsTrained);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
