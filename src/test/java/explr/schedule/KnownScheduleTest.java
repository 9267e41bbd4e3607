package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.util.Arrays;
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
      Schedule ofTable = modifier.apply(Tabulated.of(schedule::at, LENGTH));
      assertThat(modified).isInstanceOf(by);
      for (long t = 0; t < LENGTH; t++) {
        assertThat(modified.at(t)).as("%s at %d", modified, t).isEqualTo(ofTable.at(t));
        assertThat(modified.logAt(t)).isCloseTo(ofTable.logAt(t), within(1e-13));
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
