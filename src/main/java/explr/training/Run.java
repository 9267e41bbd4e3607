package explr.training;

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
 * any two steps and continue from its {@link Checkpoint}, here or in another process, with the same
 * bits.
 */
public final class Run implements AutoCloseable {

  private final Task task;
  private final Rates rates;
  private final boolean guarded;
  private final Learner learner;
  private final Map<String, double[]> periodStart = new LinkedHashMap<>();
  private final long perEpoch;
  private final Driver driver;
  private Scores periodSoFar = Scores.NONE;

  /**
   * A run whose learner is at its start.
   *
   * @param onDevice whether programs on the device drive it
   */
  private Run(Task task, Rates rates, boolean onDevice) {
    this.task = task;
    this.rates = rates;
    rates.validate();
    Homogeneity certificate = Homogeneity.of(task.architecture());
    requireScaleInvariant(certificate, rates);
    guarded = task.guarded() && certificate.scaleInvariant();
    if (!guarded) {
      requireInRange(rates, task.backend().precision());
    }
    Batches training = task.trainingBatches();
    Batches tests = task.testBatches();
    perEpoch = training.perEpoch();
    learner = task.learner();
    driver =
        onDevice
            ? new DeviceDriver(learner, training, tests)
            : new Driver.Host(learner, training, tests);
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
                    precision.bytes() == Float.BYTES ? ", or in 64 bits" : ""));
      }
    }
  }

  /** A run at its first iteration. */
  public static Run start(Task task, Rates rates) {
    return new Run(task, rates, task.backend().runsPrograms());
  }

  /** The same as it is driven on a GPU, by programs on the device. */
  static Run startOnDevice(Task task, Rates rates) {
    return new Run(task, rates, true);
  }

  /** A run that continues where another stopped. */
  public static Run resume(Task task, Rates rates, Checkpoint from) {
    return resume(new Run(task, rates, task.backend().runsPrograms()), from);
  }

  /** The same as it is driven on a GPU. */
  static Run resumeOnDevice(Task task, Rates rates, Checkpoint from) {
    return resume(new Run(task, rates, true), from);
  }

  private static Run resume(Run run, Checkpoint from) {
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

  /** All that is needed to continue from here. */
  public synchronized Checkpoint checkpoint() {
    learner.enter();
    return new Checkpoint(learner.state(), periodSoFar, periodStart);
  }

  /**
   * Trains to the last iteration.
   *
   * @throws InterruptedException if the thread was interrupted: the run stopped between two steps
   *     and can continue, by calling this again or from its {@link #checkpoint}
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
    learner.enter();
    long last = Math.min(until, rates.iterations());
    try (Driver.Steps steps = driver.steps()) {
      finishPeriod(listener);
      while (learner.iteration() < last) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped after " + learner.iteration() + " iterations");
        }
        listener.between(this, advance(steps, listener, last));
        finishPeriod(listener);
      }
    }
  }

  /** Takes some steps and returns how many. */
  private int advance(Driver.Steps steps, Listener listener, long last)
      throws InterruptedException {
    long most = listener.wantsSteps() ? 1 : Math.min(last, endOfPeriod()) - learner.iteration();
    if (guarded) {
      learner.guard(rates);
      most = learner.stepsAtThisScale(rates, most);
    }
    List<StepResult> taken = steps.take(rates, most);
    for (StepResult result : taken) {
      if (!result.finite() || !Double.isFinite(result.scores().loss())) {
        throw notFinite(result.iteration());
      }
      periodSoFar = periodSoFar.plus(result.scores());
      if (listener.wantsSteps()) {
        double logRate = rates.logLearningRate(result.iteration());
        listener.step(new Step(result.iteration(), result.scores(), logRate, log10Norms()));
      }
    }
    driver.newNotice().ifPresent(listener::notice);
    return taken.size();
  }

  /** The number of steps taken at the end of the period that the next step belongs to. */
  private long endOfPeriod() {
    long period = task.probe().periodOf(learner.iteration() + 1, perEpoch);
    return task.probe().end(period, perEpoch);
  }

  /**
   * Measures a period whose steps are all taken, if there is one that was not measured yet. An
   * interrupt leaves it so; the next call measures it.
   */
  private void finishPeriod(Listener listener) throws InterruptedException {
    long done = learner.iteration();
    boolean complete = done == rates.iterations() || endsPeriod(done);
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
        evaluate(),
        logRate,
        iteration == 0 ? Double.NaN : Math.expm1(logRate - rates.logLearningRate(iteration - 1)),
        watched);
  }

  /**
   * The scores of all test images under the present weights and running statistics.
   *
   * @throws InterruptedException if the thread was interrupted; nothing has changed
   */
  public synchronized Scores evaluate() throws InterruptedException {
    learner.enter();
    return driver.evaluate();
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
    learner.enter();
    driver.close();
    learner.close();
  }
}
