package explr.equivalence;

import explr.data.Batch;
import explr.data.Batches;
import explr.network.Homogeneity;
import explr.network.Layout;
import explr.schedule.Rates;
import explr.statistics.Distance;
import explr.statistics.Spread;
import explr.training.Degrees;
import explr.training.Learner;
import explr.training.Logits;
import explr.training.Outcome;
import explr.training.RangeGuard;
import explr.training.State;
import explr.training.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compares runs that claim to be equivalent with the original, step by step.
 *
 * <p>At every step t each {@link Counterpart} starts again from the state that corresponds to the
 * original's; both take one step on the same batch, and the results are compared. Chaos cannot
 * accumulate, so a deviation comes from the claim itself or from rounding. The scaling of buffers
 * before a step is part of the step and is therefore tested too.
 *
 * @param deviations of all counterparts at all steps, by step
 */
public record LockStep(List<Deviation> deviations) {

  /** Copies the list. */
  public LockStep {
    deviations = List.copyOf(deviations);
  }

  /**
   * Takes steps from the task's random start.
   *
   * @param task a network that is certified scale invariant, its data and where it runs
   * @param original rates of the original run
   * @param counterparts runs to compare with it
   * @param steps number of steps, at least 1 and at most the iterations of all rates
   * @throws IllegalArgumentException if the network is not certified
   * @throws InterruptedException if the thread was interrupted
   */
  public static LockStep of(Task task, Rates original, List<Counterpart> counterparts, int steps)
      throws InterruptedException {
    if (steps < 1) {
      throw new IllegalArgumentException("at least one step can be compared, not " + steps);
    }
    Layout layout = Layout.of(task.architecture());
    Degrees degrees = Degrees.of(Homogeneity.of(task.architecture()));
    int stepDegree = task.optimizer().stepDegree();
    List<Integer> bufferDegrees = task.optimizer().bufferDegrees();
    Batches batches = task.trainingBatches();
    Batch tests = testImages(task);
    List<Deviation> deviations = new ArrayList<>();
    try (Learner first = task.learner();
        Learner second = task.learner()) {
      for (int t = 0; t < steps; t++) {
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped after " + t + " steps");
        }
        Batch batch = batches.at(t);
        State before = first.state();
        Observed expected = Observed.step(first, original, batch, tests, 0);
        for (Counterpart counterpart : counterparts) {
          int exponent =
              RangeGuard.exponent(counterpart.rates(), t, 0, degrees.largest(), stepDegree);
          second.restore(counterpart.start(before, degrees, bufferDegrees, exponent, layout));
          second.scaleEpsilon(counterpart.logEpsilonScale(t));
          double epsilonAfter = counterpart.logEpsilonScale(t + 1);
          Observed reached = Observed.step(second, counterpart.rates(), batch, tests, epsilonAfter);
          State equivalent =
              counterpart.equivalent(expected.state, degrees, bufferDegrees, exponent);
          deviations.add(reached.deviation(counterpart.name(), t, expected, equivalent));
        }
      }
    }
    return new LockStep(deviations);
  }

  /** As many images as a training batch has, or all if there are fewer. */
  private static Batch testImages(Task task) {
    int size = Math.min(task.batchSize(), task.data().test().size());
    return Batches.evaluation(task.data().test(), task.data().normalization(), size).at(0);
  }

  /** The result of a step. */
  private record Observed(Logits logits, State state, Logits evaluation) {

    static Observed step(
        Learner learner, Rates rates, Batch batch, Batch tests, double logEpsilonScaleAfter) {
      try (Outcome outcome = learner.step(rates, batch)) {
        Logits logits = outcome.logits();
        learner.scaleEpsilon(logEpsilonScaleAfter);
        return new Observed(logits, learner.state(), learner.logits(tests));
      }
    }

    Deviation deviation(String run, long iteration, Observed expected, State equivalent) {
      return new Deviation(
          run,
          iteration,
          Distance.relative(logits.values(), expected.logits.values()),
          Distance.ofDirections(state.weights(), equivalent.weights()),
          ofBuffers(state.buffers(), equivalent.buffers()),
          Distance.relative(evaluation.values(), expected.evaluation.values()));
    }

    /** The largest of the buffers' distances; NaN if one is. */
    private static double ofBuffers(List<double[]> reached, List<double[]> expected) {
      double largest = 0;
      for (int i = 0; i < expected.size(); i++) {
        largest = Math.max(largest, Distance.relative(reached.get(i), expected.get(i)));
      }
      return largest;
    }
  }

  /** The names of the counterparts, in their order. */
  public List<String> runs() {
    return deviations.stream().map(Deviation::run).distinct().toList();
  }

  /** A quantity's deviations at each step. */
  public double[] of(String run, Deviation.Quantity quantity) {
    return deviations.stream()
        .filter(deviation -> deviation.run().equals(run))
        .mapToDouble(deviation -> deviation.of(quantity))
        .toArray();
  }

  /** The median over the steps. */
  public double median(String run, Deviation.Quantity quantity) {
    return Spread.of(of(run, quantity)).median();
  }

  /**
   * The median over the steps of a run's deviation divided by another's at the same step.
   *
   * <p>A step in which rounding switches a ReLU or flips a sign deviates a thousand times as much
   * as others. Where that happens in about half of the steps, the median of each run lies in the
   * gap between the two kinds and may be anywhere in it; the median ratio of two runs with as many
   * such steps does not.
   */
  public double medianRatio(String run, String other, Deviation.Quantity quantity) {
    double[] ratios = of(run, quantity);
    double[] others = of(other, quantity);
    Arrays.setAll(ratios, i -> ratios[i] == 0 ? 0 : ratios[i] / others[i]);
    return Spread.of(ratios).median();
  }

  /** The largest over the steps. */
  public double maximum(String run, Deviation.Quantity quantity) {
    return Arrays.stream(of(run, quantity)).max().orElse(Double.NaN);
  }
}
