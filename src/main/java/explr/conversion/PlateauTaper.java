package explr.conversion;

import explr.schedule.Rates;
import explr.schedule.ReduceOnPlateau;

/**
 * Grows the learning rate exponentially and lowers its exponent when the validation loss stalls,
 * the training algorithm at the end of the introduction of Li &amp; Arora 2020.
 *
 * <p>It is the exponential twin of a {@link ReduceOnPlateau} run, exact in the sense of {@link
 * TexpPlusPlus}: told the same losses, both runs visit the same networks. Where a plateau divides
 * the rate of the one, the rate of the other drops by the same factor and then grows with the
 * smaller exponent. Iterations beyond the last observation are converted as if the rate of now went
 * on.
 */
public final class PlateauTaper implements Rates {

  private final ReduceOnPlateau recipe;
  private Twin twin;

  private PlateauTaper(ReduceOnPlateau recipe) {
    this.recipe = recipe;
    this.twin = TexpPlusPlus.of(recipe);
  }

  /**
   * The twin of a run that reduces its rate on plateaus.
   *
   * @param recipe is told the losses by this twin from now on, and must not be told by another
   * @throws IllegalArgumentException as {@link TexpPlusPlus#of}
   */
  public static PlateauTaper of(ReduceOnPlateau recipe) {
    return new PlateauTaper(recipe);
  }

  /**
   * Takes note of a loss; see {@link ReduceOnPlateau#observe}.
   *
   * @return whether the exponent is lowered from this iteration on
   */
  public boolean observe(long iteration, double loss) {
    boolean tapered = recipe.observe(iteration, loss);
    if (tapered) {
      twin = TexpPlusPlus.of(recipe.soFar());
    }
    return tapered;
  }

  /** The whole run as it is now known. */
  public Twin soFar() {
    return twin;
  }

  @Override
  public long iterations() {
    return twin.iterations();
  }

  @Override
  public double logLearningRate(long iteration) {
    return twin.logLearningRate(iteration);
  }

  @Override
  public double weightDecay(long iteration) {
    return twin.weightDecay(iteration);
  }

  @Override
  public double momentum(long iteration) {
    return twin.momentum(iteration);
  }

  @Override
  public double logScale(long iteration) {
    return twin.logScale(iteration);
  }
}
