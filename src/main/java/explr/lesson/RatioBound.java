package explr.lesson;

import explr.conversion.CharacteristicRoot;
import explr.conversion.GrowthRatio;
import explr.conversion.Texp;
import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.schedule.Recipe;
import explr.theory.Equilibrium;
import explr.theory.GrowthRatioBound;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongToDoubleFunction;

/**
 * A recipe, its two equivalents TEXP and TEXP++, and Theorem B.8's bound between them.
 *
 * <p>Where λη of a phase is above the critical (1 − √γ)² there is no TEXP and so no {@link
 * #comparison}; TEXP++ may still exist for some iterations.
 *
 * @param recipe of constant momentum and rates above 0
 * @param phases maximal runs of iterations with equal rate, decay and momentum
 * @param exists for how many iterations TEXP++ exists
 * @param texpPlusPlus over these iterations; empty if there is not one
 * @param comparison of TEXP++ with TEXP; empty where there is no TEXP
 */
public record RatioBound(
    Recipe recipe,
    List<Phase> phases,
    long exists,
    Optional<Twin> texpPlusPlus,
    Optional<Comparison> comparison) {

  /** Copies the list. */
  public RatioBound {
    phases = List.copyOf(phases);
  }

  /**
   * Iterations of equal rate, decay and momentum.
   *
   * @param start T_I, its first iteration
   * @param end the first after it
   * @param learningRate η_I
   * @param weightDecay λ_I
   * @param momentum γ
   */
  public record Phase(
      long start, long end, double learningRate, double weightDecay, double momentum) {

    /** How many iterations it has. */
    public long length() {
      return end - start;
    }

    /** λη as a part of the critical (1 − √γ)². */
    public double partOfCritical() {
      return learningRate * weightDecay / CharacteristicRoot.critical(momentum);
    }

    /** (1 − √γ)² − λη. */
    public double belowCritical() {
      return CharacteristicRoot.belowCritical(learningRate, weightDecay, momentum);
    }

    /** z_I; empty above the critical λη. */
    public Optional<CharacteristicRoot> root() {
      return CharacteristicRoot.exists(learningRate, weightDecay, momentum)
          ? Optional.of(CharacteristicRoot.of(learningRate, weightDecay, momentum))
          : Optional.empty();
    }

    /** Where it would lead if it went on. */
    public Equilibrium equilibrium() {
      return new Equilibrium(learningRate, weightDecay, momentum);
    }
  }

  /**
   * What is known where both schedules exist.
   *
   * @param texp TEXP
   * @param ratio of the growths of the two
   * @param bound of |ratio − 1| within a phase
   */
  public record Comparison(Twin texp, GrowthRatio ratio, GrowthRatioBound bound) {}

  /**
   * Where |growth ratio − 1| is above a bound, among T_I + 1 ≤ t &lt; T_{I+1} of every phase.
   *
   * @param iterations at how many iterations
   * @param first the first of them; −1 if there is none
   * @param last the last of them; −1 if there is none
   * @param times the largest |growth ratio − 1| over bound, below 1 where the bound holds
   */
  public record Exceedance(long iterations, long first, long last, double times) {}

  /**
   * The two equivalents of a recipe.
   *
   * @param recipe of constant momentum; rates above 0
   * @throws IllegalArgumentException if the momentum changes or a value is out of range
   */
  public static RatioBound of(Recipe recipe) {
    List<Phase> phases = phases(recipe);
    long exists = TexpPlusPlus.existsFor(recipe);
    Optional<Twin> texpPlusPlus =
        exists == 0 ? Optional.empty() : Optional.of(TexpPlusPlus.of(first(recipe, exists)));
    boolean comparable =
        exists == recipe.iterations()
            && phases.stream().allMatch(phase -> phase.root().isPresent());
    Optional<Comparison> comparison =
        comparable
            ? Optional.of(
                new Comparison(
                    Texp.of(recipe), GrowthRatio.of(recipe), GrowthRatioBound.of(recipe)))
            : Optional.empty();
    return new RatioBound(recipe, phases, exists, texpPlusPlus, comparison);
  }

  /**
   * The part of the critical λη from which on the printed bound fails, to six digits, for a
   * constant rate.
   *
   * <p>There |growth ratio − 1| over the bound is largest at s = 1, because d_n q^(−n) falls: so
   * the first two iterations decide. At the critical λη it is (2/3)(1 + √γ).
   *
   * @param momentum γ in (1/4, 1)
   * @throws IllegalArgumentException for γ ≤ 1/4, where the printed bound never fails
   */
  public static double printedFailsFrom(double momentum) {
    if (!(momentum > 0.25)) {
      throw new IllegalArgumentException(
          "up to momentum 1/4 the printed bound holds wherever TEXP exists; asked for " + momentum);
    }
    double holds = 0;
    double fails = 1;
    while (fails - holds > 1e-7) {
      double middle = (holds + fails) / 2;
      if (timesPrinted(momentum, middle) > 1) {
        fails = middle;
      } else {
        holds = middle;
      }
    }
    return fails;
  }

  /**
   * |growth ratio − 1| over the printed bound at s = 1 for a constant rate.
   *
   * @param momentum γ in (0, 1)
   * @param part λη as a part of the critical (1 − √γ)², in (0, 1]
   */
  public static double timesPrinted(double momentum, double part) {
    Recipe recipe = Recipe.of(1, part * CharacteristicRoot.critical(momentum), momentum, 2);
    return of(recipe).printed().orElseThrow().times();
  }

  /** Where the printed bound is exceeded; empty where there is no TEXP. */
  public Optional<Exceedance> printed() {
    return comparison.map(c -> exceedance(c.ratio, c.bound::logPrinted));
  }

  /** Where the corrected bound is exceeded: nowhere, if it is right; empty without TEXP. */
  public Optional<Exceedance> corrected() {
    return comparison.map(c -> exceedance(c.ratio, c.bound::logCorrected));
  }

  /**
   * The first iteration of a phase at which |growth ratio − 1| is below a size; empty if none is,
   * or where there is no TEXP.
   */
  public OptionalLong firstBelow(Phase phase, double size) {
    if (comparison.isEmpty()) {
      return OptionalLong.empty();
    }
    GrowthRatio ratio = comparison.get().ratio;
    double limit = Math.log(size);
    for (long t = Math.max(1, phase.start); t < phase.end; t++) {
      if (ratio.logDistance(t) < limit) {
        return OptionalLong.of(t);
      }
    }
    return OptionalLong.empty();
  }

  private Exceedance exceedance(GrowthRatio ratio, LongToDoubleFunction logBound) {
    long count = 0;
    long first = -1;
    long last = -1;
    double largest = Double.NEGATIVE_INFINITY;
    for (Phase phase : phases) {
      for (long t = phase.start + 1; t < phase.end; t++) {
        double distance = ratio.logDistance(t);
        double bound = logBound.applyAsDouble(t - phase.start);
        if (distance > bound) {
          first = count == 0 ? t : first;
          last = t;
          count++;
        }
        // Without momentum both are −∞, and their difference is no number.
        if (distance - bound > largest) {
          largest = distance - bound;
        }
      }
    }
    return new Exceedance(count, first, last, Math.exp(largest));
  }

  private static List<Phase> phases(Recipe recipe) {
    List<Phase> phases = new ArrayList<>();
    long start = 0;
    for (long t = 1; t <= recipe.iterations(); t++) {
      if (t == recipe.iterations() || !alike(recipe, t - 1, t)) {
        phases.add(
            new Phase(
                start,
                t,
                recipe.learningRate(start),
                recipe.weightDecay(start),
                recipe.momentum(start)));
        start = t;
      }
    }
    return phases;
  }

  private static boolean alike(Recipe recipe, long s, long t) {
    return recipe.learningRate(s) == recipe.learningRate(t)
        && recipe.weightDecay(s) == recipe.weightDecay(t)
        && recipe.momentum(s) == recipe.momentum(t);
  }

  private static Recipe first(Recipe recipe, long iterations) {
    return new Recipe(recipe.learningRate(), recipe.weightDecay(), recipe.momentum(), iterations);
  }
}
