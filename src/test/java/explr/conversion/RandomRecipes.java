package explr.conversion;

import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.util.Random;
import java.util.stream.Stream;

/** Recipes of every kind that the conversions must stand, from a seed. */
final class RandomRecipes {

  static final int ITERATIONS = 80;

  private RandomRecipes() {}

  /** Recipes in phases, with λη below critical throughout and rates above 0: TEXP exists. */
  static Stream<Recipe> inPhases(long seed, int count) {
    Random random = new Random(seed);
    return Stream.generate(() -> phases(random)).limit(count);
  }

  /** Recipes in which rate, decay and momentum may change at every iteration and be 0. */
  static Stream<Recipe> changing(long seed, int count) {
    Random random = new Random(seed);
    return Stream.generate(() -> random.nextBoolean() ? phases(random) : noise(random))
        .limit(count);
  }

  private static Recipe phases(Random random) {
    Schedule momentum =
        random.nextInt(3) == 0
            ? t -> t < ITERATIONS / 3 ? 0.5 : 0.8
            : Schedule.constant(momentum(random));
    double highestMomentum = Math.max(momentum.at(0), momentum.at(ITERATIONS));
    double rate = Math.pow(10, -2 * random.nextDouble());
    double decay = product(highestMomentum, random) / rate;
    Schedule rates =
        switch (random.nextInt(4)) {
          case 0 -> Schedule.constant(rate);
          case 1 -> StepDecay.from(rate).dividedBy(1 + 9 * random.nextDouble()).after(20, 50);
          case 2 -> Cosine.from(rate).to(rate / 50).over(8).perEpoch(Epochs.of(10));
          default -> StepDecay.from(rate / 9).dividedBy(1.0 / 3).after(30, 60);
        };
    Schedule decays =
        random.nextInt(3) == 0
            ? StepDecay.from(decay).dividedBy(3).after(1 + random.nextInt(70))
            : Schedule.constant(decay);
    return new Recipe(rates, decays, momentum, ITERATIONS);
  }

  private static Recipe noise(Random random) {
    double[] rates = new double[ITERATIONS];
    double[] decays = new double[ITERATIONS];
    double[] momenta = new double[ITERATIONS];
    double highest = momentum(random);
    double rate = Math.pow(10, -2 * random.nextDouble());
    double decay = product(highest, random) / rate;
    for (int t = 0; t < ITERATIONS; t++) {
      rates[t] = random.nextInt(10) == 0 ? 0 : rate * random.nextDouble();
      decays[t] = random.nextInt(10) == 0 ? 0 : decay * random.nextDouble();
      momenta[t] = random.nextInt(10) == 0 ? 0 : highest * random.nextDouble();
    }
    return new Recipe(t -> rates[(int) t], t -> decays[(int) t], t -> momenta[(int) t], ITERATIONS);
  }

  private static double momentum(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 0.9;
      case 2 -> 0.999;
      default -> random.nextDouble();
    };
  }

  /**
   * λη: 0, or from nothing to almost all of the critical product, but at most 0.02. Where a step
   * takes more of the weights the toy is chaotic, and one last bit in its start grows to 1e-10 by
   * itself.
   */
  private static double product(double momentum, Random random) {
    double part = 0.95 * Math.pow(10, -4 * random.nextDouble());
    return random.nextInt(8) == 0
        ? 0
        : Math.min(0.02, part * CharacteristicRoot.critical(momentum));
  }
}
