package explr.schedule;

/**
 * How a run is trained: learning rate, weight decay (L2) and momentum at every iteration, and for
 * how many iterations.
 *
 * @param learningRate η_t ≥ 0
 * @param weightDecay λ_t ≥ 0
 * @param momentum γ_t in [0, 1)
 * @param iterations T ≥ 1
 */
public record Recipe(
    Schedule learningRate, Schedule weightDecay, Schedule momentum, long iterations)
    implements Rates {

  /** Refuses missing schedules and fewer than one iteration. */
  public Recipe {
    if (learningRate == null || weightDecay == null || momentum == null) {
      throw new IllegalArgumentException(
          "a recipe needs a learning rate, a weight decay and a momentum, each a schedule");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "a recipe needs at least one iteration, not " + iterations);
    }
  }

  /** A recipe with constant weight decay and momentum. */
  public static Recipe of(
      Schedule learningRate, double weightDecay, double momentum, long iterations) {
    return new Recipe(learningRate, new Constant(weightDecay), new Constant(momentum), iterations);
  }

  /** A recipe in which everything is constant. */
  public static Recipe of(
      double learningRate, double weightDecay, double momentum, long iterations) {
    return of(new Constant(learningRate), weightDecay, momentum, iterations);
  }

  @Override
  public double logLearningRate(long iteration) {
    return learningRate.logAt(iteration);
  }

  @Override
  public double learningRate(long iteration) {
    return learningRate.at(iteration);
  }

  @Override
  public double weightDecay(long iteration) {
    return weightDecay.at(iteration);
  }

  @Override
  public double momentum(long iteration) {
    return momentum.at(iteration);
  }
}
