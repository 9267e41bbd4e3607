package explr.training;

import explr.data.Batch;
import explr.data.BatchStream;
import explr.data.Batches;
import explr.engine.Precision;
import explr.network.Homogeneity;
import explr.schedule.Rates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A task driven by rates, from the first iteration to the last.
 *
 * <p>The batch of iteration t is a function of the data, the seed and t, so a run can stop between
 * any two steps and go on from its {@link Checkpoint}, here or in another process, with the same
 * bits.
 */
public final class Run implements AutoCloseable {

  private final Task task;
  private final Rates rates;
  private final boolean guarded;
  private final Learner learner;
  private final Batches batches;
  private final Batches testBatches;
  private final Map<String, double[]> periodStart = new LinkedHashMap<>();
  private final long perEpoch;
  private final boolean readLater;
  private Scores periodSoFar = Scores.NONE;
  private Outcome unread;

  /**
   * A run whose learner is at its start.
   *
   * @param readLater whether a step's outcome is read when the next step has been given to the
   *     device, so that a GPU never waits for the host; a CPU computes in the calling thread, and
   *     reading at once names the first number that leaves its range
   */
  private Run(Task task, Rates rates, boolean readLater) {
    this.task = task;
    this.rates = rates;
    rates.validate();
    Homogeneity certificate = Homogeneity.of(task.architecture());
    requireScaleInvariant(certificate, rates);
    guarded = task.guarded() && certificate.scaleInvariant();
    if (!guarded) {
      requireInRange(rates, task.backend().precision());
    }
    this.readLater = readLater;
    batches = task.trainingBatches();
    perEpoch = batches.perEpoch();
    testBatches = task.testBatches();
    learner = task.learner();
    rememberPeriodStart();
  }

  /** Refuses a twin on a network that scaled weights may change. */
  private static void requireScaleInvariant(Homogeneity certificate, Rates rates) {
    if (rates.logScale(rates.iterations()) != 0 && !certificate.scaleInvariant()) {
      throw new IllegalArgumentException(
          certificate.verdict()
              + "; a run without weight decay is not equivalent on it. Train it with weight decay, or mend the network");
    }
  }

  /** Says before training, not hours into it, that a rate will leave the range of the numbers. */
  private static void requireInRange(Rates rates, Precision precision) {
    for (long t = 0; t < rates.iterations(); t++) {
      double logRate = rates.logLearningRate(t);
      if (!(logRate < precision.logLargest())) {
        throw new IllegalArgumentException(
            "the learning rate of iteration %d, 10^%.2f, is beyond the largest %s number, 10^%.2f; train with the range guard, or at most %d iterations%s"
                .formatted(
                    t,
                    logRate / Math.log(10),
                    precision,
                    precision.logLargest() / Math.log(10),
                    t,
                    precision == Precision.FLOAT32 ? ", or in 64 bits" : ""));
      }
    }
  }

  /** A run at its first iteration. */
  public static Run start(Task task, Rates rates) {
    return new Run(task, rates, onGpu(task));
  }

  /** The same as it is driven on a GPU: each step's outcome is read a step later. */
  static Run startReadingLater(Task task, Rates rates) {
    return new Run(task, rates, true);
  }

  private static boolean onGpu(Task task) {
    return !task.backend().device().equals("cpu");
  }

  /** A run that goes on where another stopped. */
  public static Run resume(Task task, Rates rates, Checkpoint from) {
    Run run = new Run(task, rates, onGpu(task));
    try {
      run.learner.restore(from.state());
    } catch (RuntimeException e) {
      run.close();
      throw e;
    }
    run.periodSoFar = from.periodSoFar();
    run.periodStart.putAll(from.periodStart());
    return run;
  }

  /** The network as trained so far. */
  public Learner learner() {
    return learner;
  }

  /** The number of steps taken. */
  public long iteration() {
    return learner.iteration();
  }

  /** The number of steps to take in all. */
  public long iterations() {
    return rates.iterations();
  }

  /** All that is needed to go on from here. */
  public synchronized Checkpoint checkpoint() {
    read();
    return new Checkpoint(learner.state(), periodSoFar, periodStart);
  }

  /**
   * Trains to the last iteration.
   *
   * @throws InterruptedException if the thread was interrupted: the run stopped between two steps
   *     and can go on, by calling this again or from its {@link #checkpoint}
   * @throws TrainingException if a number left its range
   */
  public void train(Listener listener) throws InterruptedException {
    train(listener, Long.MAX_VALUE);
  }

  /**
   * Trains until so many steps in all are taken, or to the last iteration.
   *
   * <p>A call waits for one that is under way: a notebook's interrupted cell has ended while its
   * thread still finishes its step, and the next cell may train the same run.
   */
  public synchronized void train(Listener listener, long until) throws InterruptedException {
    long last = Math.min(until, rates.iterations());
    try (BatchStream stream = BatchStream.of(batches, learner.iteration())) {
      finishPeriod(listener);
      while (learner.iteration() < last) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped after " + learner.iteration() + " iterations");
        }
        step(stream.next(), listener);
        listener.between(this);
        finishPeriod(listener);
      }
    }
  }

  private void step(Batch batch, Listener listener) {
    long iteration = learner.iteration();
    if (guarded) {
      learner.guard(rates);
    }
    Outcome outcome = learner.step(rates, batch);
    read();
    unread = outcome;
    if (listener.wantsSteps()) {
      Scores scores = read();
      listener.step(new Step(iteration, scores, rates.logLearningRate(iteration), log10Norms()));
    } else if (!readLater) {
      read();
    }
  }

  /** Waits for the last step, if its outcome was not read yet, and counts its scores. */
  private Scores read() {
    if (unread == null) {
      return Scores.NONE;
    }
    try (Outcome outcome = unread) {
      unread = null;
      Scores scores = outcome.scores();
      if (!outcome.weightsFinite() || !Double.isFinite(scores.loss())) {
        throw notFinite(outcome.iteration());
      }
      periodSoFar = periodSoFar.plus(scores);
      return scores;
    }
  }

  /**
   * Measures a period whose steps are all taken, if there is one that was not measured yet. An
   * interrupt leaves it so; the next call measures it.
   */
  private void finishPeriod(Listener listener) throws InterruptedException {
    long done = learner.iteration();
    boolean complete = done == rates.iterations() || endsPeriod(done);
    if (complete) {
      read();
    }
    if (complete && periodSoFar.count() > 0) {
      listener.period(measurePeriod(done - 1));
      rememberPeriodStart();
      periodSoFar = Scores.NONE;
    }
  }

  private boolean endsPeriod(long done) {
    return done > 0 && task.probe().end(task.probe().periodOf(done, perEpoch), perEpoch) == done;
  }

  private TrainingException notFinite(long iteration) {
    String tensor = learner.firstNotFinite();
    return new TrainingException(
        iteration,
        (tensor.isEmpty()
                ? "the loss is not a finite number, though all weights and statistics are: an activation left the range of the number type"
                : tensor + " left the range of the number type")
            + " (learning rate 10^%.2f). Try a smaller rate or, if it grows by design, fewer iterations or 64 bits."
                .formatted(rates.logLearningRate(iteration) / Math.log(10)));
  }

  private Period measurePeriod(long iteration) throws InterruptedException {
    double logRate = rates.logLearningRate(iteration);
    List<Period.Watched> watched = new ArrayList<>();
    for (String name : task.watched()) {
      double[] w = learner.keptWeight(name);
      double norm = learner.log10Norm(name);
      watched.add(
          new Period.Watched(
              name,
              norm,
              Norms.angle(periodStart.get(name), w),
              logRate / Math.log(10) - 2 * norm));
    }
    return new Period(
        task.probe().periodOf(iteration + 1, perEpoch),
        (iteration + 1) / (double) perEpoch,
        iteration + 1,
        periodSoFar,
        learner.evaluate(testBatches),
        logRate,
        iteration == 0 ? Double.NaN : Math.expm1(logRate - rates.logLearningRate(iteration - 1)),
        watched);
  }

  private Map<String, Double> log10Norms() {
    Map<String, Double> norms = new LinkedHashMap<>();
    task.watched().forEach(name -> norms.put(name, learner.log10Norm(name)));
    return norms;
  }

  private void rememberPeriodStart() {
    task.watched().forEach(name -> periodStart.put(name, learner.keptWeight(name)));
  }

  @Override
  public synchronized void close() {
    if (unread != null) {
      unread.close();
    }
    learner.close();
  }
}
