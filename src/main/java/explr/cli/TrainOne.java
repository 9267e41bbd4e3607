package explr.cli;

import explr.experiment.Curve;
import explr.experiment.Experiment;
import explr.experiment.PaperFigure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Trains one run and tells another process of it on standard output; what {@link Jobs} starts.
 *
 * <p>Lines: {@code step} and how many were taken since the last such line; {@code period} and a
 * {@link PeriodLine}; {@code notice} and a sentence. It stops, saved, when standard input ends:
 * then the process that started it has gone, however it went.
 */
@Command(name = "train-one", hidden = true)
final class TrainOne implements Callable<Integer> {

  static final String STEP = "step ";
  static final String PERIOD = "period ";
  static final String NOTICE = "notice ";

  /** Steps are told of together, not more often. */
  private static final long NANOS_BETWEEN = 500_000_000;

  @Mixin private RunOptions options;

  @Option(names = "--figure", required = true)
  private PaperFigure figure;

  @Option(names = "--curve", required = true)
  private String curve;

  @Option(names = "--seed", required = true)
  private long seed;

  /** The last period to train. */
  @Option(names = "--until", required = true)
  private int until;

  @Option(names = "--threads", required = true)
  private int threads;

  private long untold;
  private long told = System.nanoTime();

  @Override
  public Integer call() throws IOException {
    // From the first moment on: whoever starts a process may be told to stop at once.
    return Signals.interrupting(this::train, () -> Main.GO_ON_LATER);
  }

  private int train() throws IOException, InterruptedException {
    Thread training = Thread.currentThread();
    Experiment experiment = options.experiment(options.backend(threads));
    Curve wanted = experiment.curve(figure, curve);
    Thread watch = new Thread(() -> waitForTheEndOfInput(training), "explr-parent");
    watch.setDaemon(true);
    watch.start();
    Teller teller =
        new Teller(
            experiment.profile().batchSize(),
            this::stepped,
            period -> {
              tellSteps();
              tell(PERIOD + period.encoded());
            },
            notice -> tell(NOTICE + notice));
    experiment.run(wanted, seed).train(until, options.steps(), teller);
    tellSteps();
    return Main.DONE;
  }

  private void stepped(long steps) {
    untold += steps;
    if (System.nanoTime() - told > NANOS_BETWEEN) {
      tellSteps();
    }
  }

  private void tellSteps() {
    tell(STEP + untold);
    untold = 0;
    told = System.nanoTime();
  }

  private static void tell(String line) {
    System.out.println(line);
    System.out.flush();
  }

  private static void waitForTheEndOfInput(Thread training) {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      // The same: whoever started this process has gone.
    }
    training.interrupt();
  }
}
