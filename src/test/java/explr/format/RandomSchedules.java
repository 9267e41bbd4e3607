package explr.format;

import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.CosineRestarts;
import explr.schedule.Epochs;
import explr.schedule.Exponential;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Polynomial;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import explr.schedule.Triangular;
import java.util.Random;

/** Every kind of schedule and every way to compose them, from a seed. Values lie in (0, 0.1]. */
final class RandomSchedules {

  private static final int KINDS = 10;
  private static final int MODIFIERS = 5;

  private final Random random;
  private final int length;

  /** Schedules in which something happens within so many iterations. */
  RandomSchedules(long seed, int length) {
    this.random = new Random(seed);
    this.length = length;
  }

  /** One that is composed to a depth. */
  Schedule next(int depth) {
    if (depth == 0) {
      return plain();
    }
    Schedule inner = next(depth - 1);
    return switch (random.nextInt(MODIFIERS)) {
      case 0 -> inner.perEpoch(Epochs.of(duration()));
      case 1 -> inner.warmedUp(random.nextDouble(), duration());
      case 2 -> inner.repeatedEvery(duration());
      case 3 -> inner.times(random.nextDouble());
      default -> {
        Phases phases = inner.during(duration()).then(next(depth - 1), duration());
        yield random.nextBoolean() ? phases : phases.then(plain());
      }
    };
  }

  private Schedule plain() {
    return switch (random.nextInt(KINDS)) {
      case 0 -> new Constant(value());
      case 1 ->
          StepDecay.from(value())
              .dividedBy(1 + 9 * random.nextDouble())
              .after(duration(), length + duration());
      case 2 -> Exponential.from(value()).times(0.9 + 0.1 * random.nextDouble()).every(duration());
      case 3 -> Linear.from(value()).to(value()).over(duration());
      case 4 -> Polynomial.from(value(), 3 * random.nextDouble()).to(value()).over(duration());
      case 5 -> Cosine.from(value()).to(random.nextBoolean() ? 0 : value()).over(duration());
      case 6 -> new CosineRestarts(value(), value(), duration(), 1 + random.nextInt(3), 0.9);
      case 7 -> new Triangular(value(), value(), duration(), duration());
      case 8 -> Tabulated.of(random.doubles(length, 0, 0.1).toArray());
      default -> Tabulated.ofLogarithms(random.doubles(length, -9, -3).toArray());
    };
  }

  private double value() {
    return 0.1 * (1 - random.nextDouble());
  }

  private long duration() {
    return 1 + random.nextInt(length);
  }
}
