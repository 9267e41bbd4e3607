package explr.format;

import explr.schedule.KnownSchedule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schedules of a recipe file, each described once. Reading, writing, Python, {@code
 * environment/convert --help}, the README and the reference all come from these entries.
 *
 * <p>How to add a schedule:
 *
 * <ol>
 *   <li>Write it as a record in {@link explr.schedule} that implements {@link KnownSchedule}, with
 *       its formula, ranges and source in the Javadoc; {@code Linear} is an example. Add it to the
 *       {@code permits} clause. Refuse what is out of range in the constructor, and a negative
 *       iteration in {@code at}. Override {@code logAt} if values can leave the range of a double.
 *   <li>Write its entry here as a class that implements {@link PlainFormat}; {@link LinearFormat}
 *       is an example. The compiler names the methods that are missing.
 *   <li>Add the entry to {@link #PLAIN}.
 *   <li>Add a random one to {@code RandomSchedules} among the tests, so that the properties of all
 *       schedules are checked for it: JSON and back, Python, modifiers.
 *   <li>Test its values in {@code ScheduleTest}, and add it to the list there.
 *   <li>Write the reference and the README: {@code mvn -q test -Dtest=FormatReferenceTest
 *       -Dreference=write}. Add a line to {@code CHANGELOG.md}.
 * </ol>
 *
 * <p>A test names the step that was left out. A modifier is added in the same way: the record
 * implements {@code ModifiedSchedule}, {@code Schedule} gets a method for it, and the entry is a
 * {@link ModifierFormat} in {@link #MODIFIERS}.
 */
final class ScheduleFormats {

  /** The schedules by name, in the order of the reference. */
  static final List<PlainFormat<?>> PLAIN =
      List.of(
          new ConstantFormat(),
          new StepDecayFormat(),
          new ExponentialFormat(),
          new LinearFormat(),
          new PolynomialFormat(),
          new CosineFormat(),
          new CosineRestartsFormat(),
          new TriangularFormat(),
          new PhasesFormat(),
          new TabulatedFormat());

  /** The keys that any schedule may have, in the order in which they are applied. */
  static final List<ModifierFormat<?>> MODIFIERS =
      List.of(new PerEpochFormat(), new WarmUpFormat(), new RepeatedFormat(), new ScaledFormat());

  private ScheduleFormats() {}

  static Stream<ScheduleFormat<?>> all() {
    return Stream.concat(PLAIN.stream(), MODIFIERS.stream());
  }

  /** The schedule of this name. */
  static Optional<PlainFormat<?>> named(String name) {
    return PLAIN.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** The entry of a schedule. */
  static ScheduleFormat<?> of(KnownSchedule schedule) {
    return all()
        .filter(format -> format.type().isInstance(schedule))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    schedule.getClass().getSimpleName() + " has no entry in ScheduleFormats"));
  }
}
