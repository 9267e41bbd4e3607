package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A name means the same on every schedule, and a modifier does the same to every schedule. */
class KnownScheduleTest {

  private static final int LENGTH = 40;
  private static final RandomSchedules RANDOM = new RandomSchedules(11, LENGTH);

  /** The records that a sealed interface permits, those of the interfaces below it included. */
  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(KnownScheduleTest::records)
        : Stream.of(type);
  }

  private static Set<String> names(Method[] methods) {
    return Arrays.stream(methods).map(Method::getName).collect(Collectors.toSet());
  }

  private static Set<String> hidden(Class<?> type) {
    Set<String> modifiers = names(Schedule.class.getDeclaredMethods());
    modifiers.removeAll(Set.of("at", "logAt"));
    modifiers.retainAll(names(type.getDeclaredMethods()));
    return modifiers;
  }

  static Stream<Arguments> everyModifierOfEverySchedule() {
    return RANDOM.plainTypes().stream()
        .flatMap(plain -> RANDOM.modifierTypes().stream().map(by -> Arguments.of(plain, by)));
  }

  @Test
  void theRandomSchedulesAreOfEveryKnownKind() {
    assertThat(Stream.concat(RANDOM.plainTypes().stream(), RANDOM.modifierTypes().stream()))
        .as("RandomSchedules makes one of each class that KnownSchedule permits")
        .containsExactlyInAnyOrderElementsOf(
            records(KnownSchedule.class)
                .<Class<? extends KnownSchedule>>map(type -> type.asSubclass(KnownSchedule.class))
                .toList());
  }

  @ParameterizedTest
  @MethodSource("everyModifierOfEverySchedule")
  void aModifierDoesToAScheduleWhatItDoesToATableOfItsValues(
      Class<? extends KnownSchedule> plain, Class<? extends ModifiedSchedule> by) {
    for (int i = 0; i < 50; i++) {
      KnownSchedule schedule = RANDOM.one(plain);
      UnaryOperator<Schedule> modifier = RANDOM.modifier(by);
      Schedule modified = modifier.apply(schedule);
      Schedule ofTable = modifier.apply(Tabulated.of(schedule::at, 2 * LENGTH));
      assertThat(modified).isInstanceOf(by);
      for (long t = 0; t < LENGTH; t++) {
        assertThat(modified.at(t)).as("%s at %d", modified, t).isEqualTo(ofTable.at(t));
        assertThat(modified.logAt(t)).isCloseTo(ofTable.logAt(t), within(1e-13));
      }
    }
  }

  /** One value of each kind that can be worked out in the head. */
  static Stream<Arguments> valuesByHand() {
    Schedule line = Linear.from(1).to(0).over(4);
    return Stream.of(
        Arguments.of(new Constant(3), 7, 3),
        Arguments.of(StepDecay.from(1).dividedBy(10).after(3), 3, 0.1),
        Arguments.of(Exponential.from(1).multipliedBy(0.5).every(2), 4, 0.25),
        Arguments.of(InverseTime.from(1).decayRate(1).every(2), 2, 0.5),
        Arguments.of(InverseTime.from(1).decayRate(3).every(2).power(0.5), 2, 0.5),
        Arguments.of(line, 1, 0.75),
        Arguments.of(Polynomial.from(1, 2).over(2), 1, 0.25),
        Arguments.of(Cosine.from(1).over(2), 1, 0.5),
        Arguments.of(new CosineCycle(0, 1, 0, 1.5, 4), 3, 0.345491502812526287949),
        Arguments.of(CosineRestarts.from(1, 10, 2), 20, 0.5),
        Arguments.of(new Triangular(0, 1, 2, 4), 4, 0.5),
        Arguments.of(line.during(3).then(new Constant(2)), 3, 2),
        Arguments.of(Tabulated.of(3, 4), 1, 4),
        Arguments.of(line.skipping(2), 1, 0.25),
        Arguments.of(line.delayedBy(2), 3, 0.75),
        Arguments.of(line.perEpoch(Epochs.of(10)), 19, 0.75),
        Arguments.of(new Constant(1).warmedUp(0, 4), 1, 0.25),
        Arguments.of(line.repeatedEvery(3), 4, 0.75),
        Arguments.of(new Constant(1).times(3), 0, 3));
  }

  @ParameterizedTest
  @MethodSource("valuesByHand")
  void hasTheValueWorkedOutByHand(Schedule schedule, long t, double value) {
    assertThat(schedule.at(t)).isCloseTo(value, within(1e-15));
  }

  @Test
  void everyKnownKindHasAValueWorkedOutByHand() {
    List<Class<?>> kinds =
        valuesByHand().<Class<?>>map(arguments -> arguments.get()[0].getClass()).toList();
    assertThat(records(KnownSchedule.class))
        .allSatisfy(type -> assertThat(kinds).as("valuesByHand").contains(type));
  }

  static Stream<Class<?>> everyRecord() {
    return records(KnownSchedule.class);
  }

  /** NaN in place of any double and −1 in place of any whole number. */
  @ParameterizedTest
  @MethodSource("everyRecord")
  void refusesInItsConstructorWhatIsNoValueAndNoCount(Class<?> type) throws Exception {
    Schedule schedule =
        ModifiedSchedule.class.isAssignableFrom(type)
            ? RANDOM.modifier(type.asSubclass(ModifiedSchedule.class)).apply(new Constant(0.1))
            : RANDOM.one(type.asSubclass(KnownSchedule.class));
    RecordComponent[] components = type.getRecordComponents();
    var constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    for (int i = 0; i < components.length; i++) {
      Class<?> kind = components[i].getType();
      if (kind.isPrimitive() && kind != boolean.class) {
        Object[] values = new Object[components.length];
        for (int j = 0; j < components.length; j++) {
          values[j] = components[j].getAccessor().invoke(schedule);
        }
        values[i] = kind == double.class ? Double.NaN : kind == long.class ? (Object) (-1L) : -1;
        assertThat(catchThrowable(() -> constructor.newInstance(values)))
            .as("%s refuses %s = %s", type.getSimpleName(), components[i].getName(), values[i])
            .hasCauseInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void noScheduleHidesAModifierBehindABuilderOfItsName() {
    assertThat(records(KnownSchedule.class))
        .allSatisfy(type -> assertThat(hidden(type)).as(type.getSimpleName()).isEmpty());
    record Hiding(double at) implements Schedule {
      @Override
      public double at(long iteration) {
        return at;
      }

      @Override
      public Hiding times(double factor) {
        return new Hiding(factor);
      }
    }
    assertThat(hidden(Hiding.class)).containsExactly("times");
    assertThat(new Hiding(2).times(3).at(0)).isNotEqualTo(2.0 * 3);
  }

  @Test
  void timesScalesAnExponentialAndMultipliedBySetsItsFactor() {
    Exponential falling = Exponential.from(0.1).multipliedBy(0.9);
    assertThat(falling.times(0.5)).isEqualTo(new Scaled(falling, 0.5));
    assertThat(falling.times(0.5).at(2)).isEqualTo(0.5 * falling.at(2));
    assertThat(falling.multipliedBy(0.5).at(2)).isEqualTo(0.1 * 0.25);
  }
}
