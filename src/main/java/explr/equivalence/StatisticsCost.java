package explr.equivalence;

import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.data.Batch;
import explr.data.Batches;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.statistics.Distance;
import explr.training.Learner;
import explr.training.Outcome;
import explr.training.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The error made by evaluating growing weights with running statistics as every library keeps them.
 *
 * <p>A running mean or variance averages over the last steps. If the weights grow in every step, so
 * do the normalised inputs, and the average lags behind: a network that trains exactly like its
 * original is evaluated as a different one. This project rescales the statistics of a run as its
 * weights grow ({@link Rates#logScale}); this class measures the effect.
 *
 * @param points in ascending order of growth
 */
public record StatisticsCost(List<Point> points) {

  /**
   * Runs of one weight decay.
   *
   * @param growth of the learning rate in an iteration, η_t / η_(t−1) − 1, at the last step
   * @param corrected relative l2 distance of the logits of test images from those of the run with
   *     weight decay, where statistics follow the weights
   * @param left the same where statistics are left unchanged
   */
  public record Point(double growth, double corrected, double left) {}

  /** Copies the list. */
  public StatisticsCost {
    points = List.copyOf(points);
  }

  /**
   * Trains three runs for each weight decay from the same start: with the decay, its TEXP++, and
   * its TEXP++ with statistics left unchanged; then evaluates them.
   *
   * @param task in 64 bits with a negligible ε; otherwise rounding and ε are measured too
   * @param learningRate η, constant
   * @param momentum γ
   * @param weightDecays λ, each &gt; 0
   * @param steps of every run, at least 2
   */
  public static StatisticsCost of(
      Task task, double learningRate, double momentum, List<Double> weightDecays, int steps) {
    List<Point> points = new ArrayList<>();
    for (double weightDecay : weightDecays) {
      Twin twin = TexpPlusPlus.of(Recipe.of(learningRate, weightDecay, momentum, steps));
      double[] expected = evaluated(task, twin.original());
      points.add(
          new Point(
              Math.expm1(twin.logLearningRate(steps - 1) - twin.logLearningRate(steps - 2)),
              Distance.relative(evaluated(task, twin), expected),
              Distance.relative(evaluated(task, new StatisticsLeft(twin)), expected)));
    }
    return new StatisticsCost(points);
  }

  /** The same run whose growth does not reach the statistics. */
  private record StatisticsLeft(Rates rates) implements ForwardingRates {
    @Override
    public double logScale(long iteration) {
      return 0;
    }
  }

  private static double[] evaluated(Task task, Rates rates) {
    Batches batches = task.trainingBatches();
    try (Learner learner = task.learner()) {
      for (long t = 0; t < rates.iterations(); t++) {
        try (Outcome taken = learner.step(rates, batches.at(t))) {
          continue;
        }
      }
      Batch tests = task.testBatches().at(0);
      return learner.logits(tests).values();
    }
  }
}
