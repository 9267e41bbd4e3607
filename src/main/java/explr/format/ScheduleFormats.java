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
 *       its formula, ranges and source in the Javadoc; {@code InverseTime} is an example, {@code
 *       Exponential} one with its own {@code logAt}. Refuse what is out of range in the
 *       constructor, and a negative iteration in {@code at}. Override {@code logAt} if values can
 *       leave the range of a double. Add the record to the {@code permits} clause of {@link
 *       KnownSchedule}.
 *   <li>Write its entry in this package as a class that implements {@link PlainFormat}; {@link
 *       InverseTimeFormat} is an example. Each key is a {@link Key}, used for reading, writing and
 *       documentation: the name of the Java method that sets it ({@code from} for {@code
 *       Exponential.from}), in snake case. What {@code per_epoch} turns into epochs is a {@link
 *       Key#iterations}.
 *   <li>Add the entry to {@link #PLAIN}, next to its kin: the order is that of reference and help.
 *   <li>Add a random one to {@code RandomSchedules} in {@code src/test/java/explr/schedule}. The
 *       properties of all schedules are then checked for it: JSON and back, Python, every modifier,
 *       the logarithm.
 *   <li>Add a value worked out by hand to {@code KnownScheduleTest.valuesByHand}, and test more of
 *       them and what it refuses in {@code ScheduleTest}.
 *   <li>Write the README and the reference: {@code mvn -q test -Dtest=FormatReferenceTest
 *       -Dreference=write}. Add a line at the end of the newest version in {@code CHANGELOG.md}.
 * </ol>
 *
 * <p>{@code mvn -q test
 * -Dtest='*Schedule*Test,FormatReferenceTest,RecipeFileTest,PythonModuleTest'} names a missing
 * entry, random one, value or reference. A modifier is added in the same way: the record implements
 * {@code ModifiedSchedule}, {@code Schedule} gets a method that makes it, and the entry is a {@link
 * ModifierFormat} in {@link #MODIFIERS}.
 *
 * <p>A framework's name for a schedule is a {@link FrameworkFormat} in {@link #FRAMEWORKS}, with
 * settings in {@code src/test/python/frameworks.py} that compare it with the framework.
 */
final class ScheduleFormats {

  /** The schedules by name, in the order of the reference. */
  static final List<PlainFormat<?>> PLAIN =
      List.of(
          new ConstantFormat(),
          new StepDecayFormat(),
          new ExponentialFormat(),
          new InverseTimeFormat(),
          new LinearFormat(),
          new PolynomialFormat(),
          new CosineFormat(),
          new CosineCycleFormat(),
          new CosineRestartsFormat(),
          new TriangularFormat(),
          new PhasesFormat(),
          new TabulatedFormat());

  /** The keys that any schedule may have, in the order in which they are applied. */
  static final List<ModifierFormat<?>> MODIFIERS =
      List.of(
          new SkipFormat(),
          new DelayFormat(),
          new PerEpochFormat(),
          new WarmUpFormat(),
          new RepeatedFormat(),
          new ScaledFormat());

  /** Schedulers by the names of their frameworks; each is read as one of the schedules above. */
  static final List<FrameworkFormat> FRAMEWORKS =
      Stream.of(
              TorchFormats.ALL,
              TimmFormats.ALL,
              MmengineFormats.ALL,
              KerasFormats.ALL,
              TransformersFormats.ALL,
              OptaxFormats.ALL)
          .flatMap(List::stream)
          .toList();

  private ScheduleFormats() {}

  static Stream<ScheduleFormat<?>> all() {
    return Stream.concat(PLAIN.stream(), MODIFIERS.stream());
  }

  /** The schedule of this name. */
  static Optional<PlainFormat<?>> named(String name) {
    return PLAIN.stream().filter(format -> format.name().equals(name)).findFirst();
  }

  /** The scheduler that a framework calls so. */
  static Optional<FrameworkFormat> ofFramework(String name) {
    return FRAMEWORKS.stream().filter(format -> format.name().equals(name)).findFirst();
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
