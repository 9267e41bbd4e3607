package explr.schedule;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Every known schedule and every way to compose them, from a seed. Values lie in (0, 0.1].
 *
 * <p>{@link KnownScheduleTest} names the schedule that is missing here.
 */
public final class RandomSchedules {

  /** A table is this many times as long as a run: nested schedules skip some of its values. */
  private static final int TABLE_LENGTHS = 8;

  private final Random random;
  private final int length;
  private final Map<Class<? extends KnownSchedule>, Supplier<KnownSchedule>> plain =
      new LinkedHashMap<>();
  private final Map<Class<? extends ModifiedSchedule>, UnaryOperator<Schedule>> modifiers =
      new LinkedHashMap<>();

  /** Schedules in which something happens within so many iterations. */
  public RandomSchedules(long seed, int length) {
    this.random = new Random(seed);
    this.length = length;
    plain.put(Constant.class, () -> new Constant(value()));
    plain.put(StepDecay.class, this::stepDecay);
    plain.put(
        Exponential.class,
        () -> new Exponential(value(), 0.9 + 0.1 * random.nextDouble(), duration()));
    plain.put(
        InverseTime.class,
        () ->
            new InverseTime(
                value(),
                9 * random.nextDouble(),
                duration(),
                random.nextBoolean() ? 1 : 2 * random.nextDouble()));
    plain.put(Linear.class, () -> new Linear(value(), value(), duration()));
    plain.put(
        Polynomial.class,
        () -> new Polynomial(value(), value(), duration(), 3 * (1 - random.nextDouble())));
    plain.put(
        Cosine.class, () -> new Cosine(value(), random.nextBoolean() ? 0 : value(), duration()));
    plain.put(
        CosineCycle.class,
        () -> {
          long rise = duration();
          double fraction = rise - random.nextDouble();
          return new CosineCycle(value(), value(), value(), fraction, rise + duration());
        });
    plain.put(
        CosineRestarts.class,
        () -> new CosineRestarts(value(), value(), duration(), 1 + random.nextInt(3), 0.9));
    plain.put(Triangular.class, () -> new Triangular(value(), value(), duration(), duration()));
    plain.put(Tabulated.class, this::table);
    plain.put(Phases.class, () -> new Constant(value()).during(duration()).then(formula()));
    modifiers.put(Skip.class, inner -> inner.skipping(random.nextInt(length)));
    modifiers.put(Delay.class, inner -> inner.delayedBy(random.nextInt(length)));
    modifiers.put(PerEpoch.class, inner -> inner.perEpoch(Epochs.of(duration())));
    modifiers.put(WarmUp.class, inner -> inner.warmedUp(random.nextDouble(), duration()));
    modifiers.put(Repeated.class, inner -> inner.repeatedEvery(duration()));
    modifiers.put(Scaled.class, inner -> inner.times(random.nextDouble()));
  }

  /** The classes that {@link #one} makes. */
  public Collection<Class<? extends KnownSchedule>> plainTypes() {
    return plain.keySet();
  }

  /** The classes that {@link #modified} makes. */
  public Collection<Class<? extends ModifiedSchedule>> modifierTypes() {
    return modifiers.keySet();
  }

  /** A schedule of a class. */
  public KnownSchedule one(Class<? extends KnownSchedule> type) {
    return plain.get(type).get();
  }

  /** How a schedule is modified, the same whenever it is applied. */
  public UnaryOperator<Schedule> modifier(Class<? extends ModifiedSchedule> type) {
    long seed = random.nextLong();
    return inner -> new RandomSchedules(seed, length).modifiers.get(type).apply(inner);
  }

  /** One that is composed to a depth. */
  public Schedule next(int depth) {
    if (depth == 0) {
      return one(any(plain.keySet()));
    }
    Schedule inner = next(depth - 1);
    if (random.nextInt(1 + modifiers.size()) > 0) {
      return modifiers.get(any(modifiers.keySet())).apply(inner);
    }
    Phases phases = inner.during(duration()).then(next(depth - 1), duration());
    return random.nextBoolean() ? phases : phases.then(next(0));
  }

  private Schedule formula() {
    return new Cosine(value(), value(), duration());
  }

  private StepDecay stepDecay() {
    return StepDecay.from(value())
        .dividedBy(1 + 9 * random.nextDouble())
        .after(duration(), length + duration());
  }

  private Tabulated table() {
    int longest = TABLE_LENGTHS * length;
    return random.nextBoolean()
        ? Tabulated.of(random.doubles(longest, 0, 0.1).toArray())
        : Tabulated.ofLogarithms(random.doubles(longest, -9, -3).toArray());
  }

  private <T> T any(Collection<T> items) {
    List<T> list = new ArrayList<>(items);
    return list.get(random.nextInt(list.size()));
  }

  private double value() {
    return 0.1 * (1 - random.nextDouble());
  }

  private long duration() {
    return 1 + random.nextInt(length);
  }
}
