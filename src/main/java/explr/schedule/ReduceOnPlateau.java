package explr.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * A recipe whose learning rate is divided when a loss has stopped to fall, as by PyTorch's
 * ReduceLROnPlateau.
 *
 * <p>It is told the loss from time to time, in the order of the iterations, by {@link #observe}. A
 * loss is an improvement if it is below (1 − 1e-4) of the best so far, PyTorch's default. After
 * more than {@code patience} observations in a row without improvement the rate is divided, from
 * the iteration of the observation on, and the count starts again. Iterations after the last
 * observation have the rate of now, until an observation changes it.
 *
 * <p>Its state is the list of its observations, and telling a new one the same list restores it.
 */
public final class ReduceOnPlateau implements Rates {

  /** By what part of itself the best loss must be undercut. */
  private static final double THRESHOLD = 1e-4;

  /**
   * A loss at a time.
   *
   * @param iteration before the step of this iteration
   * @param loss any number; NaN is no improvement
   */
  public record Observation(long iteration, double loss) {}

  private final StepDecay initial;
  private final double weightDecay;
  private final double momentum;
  private final int patience;
  private final long iterations;
  private final List<Observation> observations = new ArrayList<>();
  private StepDecay learningRate;
  private double best = Double.POSITIVE_INFINITY;
  private int sinceBest;

  /**
   * A recipe before its first observation.
   *
   * @param learningRate the first rate and its divisor, as {@code
   *     StepDecay.from(0.1).dividedBy(10)}; its milestones must be empty, because the plateaus will
   *     be
   * @param weightDecay λ ≥ 0
   * @param momentum γ in [0, 1)
   * @param patience observations without improvement that are put up with, ≥ 0
   * @param iterations T ≥ 1
   */
  public ReduceOnPlateau(
      StepDecay learningRate, double weightDecay, double momentum, int patience, long iterations) {
    Rates.check(0, learningRate.initial(), weightDecay, momentum);
    Require.atLeastOne("the number of iterations", iterations);
    if (!learningRate.milestones().isEmpty()) {
      throw new IllegalArgumentException(
          "plateaus decide when the rate is divided; there can be no milestones "
              + learningRate.milestones());
    }
    if (patience < 0) {
      throw new IllegalArgumentException("patience must not be negative: " + patience);
    }
    this.initial = learningRate;
    this.learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
    this.patience = patience;
    this.iterations = iterations;
  }

  /**
   * Takes note of a loss.
   *
   * @param iteration the next iteration, ≥ 1 and above that of the observation before
   * @param loss the loss after {@code iteration} steps
   * @return whether the rate is divided from this iteration on
   */
  public boolean observe(long iteration, double loss) {
    long before = observations.isEmpty() ? 0 : lastObservation().iteration();
    if (iteration <= before) {
      throw new IllegalArgumentException(
          "losses are observed after the first step and in order: iteration %d follows %d"
              .formatted(iteration, before));
    }
    observations.add(new Observation(iteration, loss));
    if (loss < best * (1 - THRESHOLD)) {
      best = loss;
      sinceBest = 0;
    } else {
      sinceBest++;
    }
    if (sinceBest <= patience) {
      return false;
    }
    sinceBest = 0;
    List<Long> milestones = new ArrayList<>(learningRate.milestones());
    milestones.add(iteration);
    learningRate = new StepDecay(initial.initial(), initial.divisor(), milestones);
    return true;
  }

  /** What has been observed so far, in order. */
  public List<Observation> observations() {
    return List.copyOf(observations);
  }

  /** The recipe that this run turns out to follow: step decay at the plateaus seen so far. */
  public Recipe soFar() {
    return Recipe.of(learningRate, weightDecay, momentum, iterations);
  }

  private Observation lastObservation() {
    return observations.get(observations.size() - 1);
  }

  @Override
  public long iterations() {
    return iterations;
  }

  @Override
  public double learningRate(long iteration) {
    return learningRate.at(iteration);
  }

  @Override
  public double logLearningRate(long iteration) {
    return learningRate.logAt(iteration);
  }

  @Override
  public double weightDecay(long iteration) {
    return weightDecay;
  }

  @Override
  public double momentum(long iteration) {
    return momentum;
  }
}
