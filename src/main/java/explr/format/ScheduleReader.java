package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.Schedule;
import explr.schedule.Tabulated;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** JSON → schedule, by the entries of {@link ScheduleFormats}. */
final class ScheduleReader {

  /** The key that holds the name of a schedule, or the schedule that is modified. */
  static final String NAME = "schedule";

  private final Path folder;
  private final Consumer<String> warnings;
  private final UnreadRows unread = new UnreadRows();
  private final Lengths lengths = new Lengths();
  private Optional<Schedule> momentum = Optional.empty();
  private boolean keras;
  private Optional<String> stepped = Optional.empty();

  /**
   * Reads for one recipe.
   *
   * @param folder the one that the files of tables are relative to
   * @param warnings gets what may be a mistake, a sentence each
   */
  ScheduleReader(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** The folder that the files of tables are relative to. */
  Path folder() {
    return folder;
  }

  void warn(String path, String sentence) {
    warnings.accept(path.isEmpty() ? sentence : path + ": " + sentence);
  }

  /** Sets at how many iterations the last row of a table that was read is reached. */
  void lastRow(Tabulated table, long iterations) {
    unread.lastRow(table, iterations);
  }

  /** Warns of tables that are longer than a run. */
  void warnOfUnreadRows(String path, Schedule schedule, long iterations) {
    unread.report(schedule, iterations, sentence -> warn(path, sentence));
  }

  /** A schedule that ends after so many steps; the reason says why. */
  Schedule atMost(Schedule schedule, long steps, String reason) {
    lengths.atMost(schedule, steps, reason);
    return schedule;
  }

  /** Refuses a run that reads a schedule after its end. */
  void refuseLongerRun(String path, Schedule schedule, long iterations) {
    lengths.check(path, schedule, iterations);
  }

  /** Sets the momentum that comes with the learning rate of these fields. */
  void giveMomentum(Fields fields, Schedule schedule) {
    if (!fields.path().equals(RecipeFile.LEARNING_RATE)) {
      throw new LocatedException(
          fields.path(),
          "cycles the momentum too, which only the schedule of 'learning_rate' itself can; set"
              + " \"cycle_momentum\": false, and give the momentum as one_cycle or a table");
    }
    momentum = Optional.of(schedule);
  }

  /** The momentum that comes with the learning rate. */
  Optional<Schedule> momentum() {
    return momentum;
  }

  /**
   * Warns where a scheduler that people step after each epoch is read as stepped each iteration.
   */
  void warnOfSteps() {
    stepped.ifPresent(
        name ->
            warn(
                RecipeFile.LEARNING_RATE,
                String.format(
                    Locale.ROOT,
                    "%s is read as stepped after each iteration; if it is stepped after each epoch, give 'per_epoch'",
                    name)));
  }

  /** Whether a schedule was named as Keras does. */
  boolean readKeras() {
    return keras;
  }

  Schedule read(JsonElement json, String path) {
    if (Fields.isNumber(json)) {
      return new Constant(Fields.number(json, path));
    }
    Fields fields = Fields.of(json, path, "a number, or an object with the key 'schedule'");
    Schedule schedule = read(fields);
    fields.refuseOthers();
    return schedule;
  }

  /** A schedule among whose fields there may be others. */
  Schedule read(Fields fields) {
    JsonElement kind = fields.element(NAME);
    Schedule plain =
        Fields.isText(kind) ? named(kind.getAsString(), fields) : read(kind, fields.path(NAME));
    if (fields.path().equals(RecipeFile.LEARNING_RATE)) {
      momentum = momentum.map(given -> modifiedMomentum(given, fields));
    }
    return fields.make(() -> modified(plain, fields));
  }

  private static Schedule modifiedMomentum(Schedule momentum, Fields fields) {
    for (String scaling : List.of("warmed_up", "times")) {
      if (fields.has(scaling)) {
        throw FrameworkFormat.refused(
            fields, scaling, "would act on the momentum too; set \"cycle_momentum\": false");
      }
    }
    return fields.make(() -> modified(momentum, fields));
  }

  private Schedule named(String name, Fields fields) {
    Optional<FrameworkFormat> framework = ScheduleFormats.ofFramework(name);
    if (framework.isPresent()) {
      keras |= name.startsWith(KerasFormats.PREFIX);
      if (TorchFormats.steppedByEpoch(name)
          && fields.path().equals(RecipeFile.LEARNING_RATE)
          && !fields.has("per_epoch")) {
        stepped = Optional.of(name);
      }
      return fields.make(() -> framework.get().reading().read(fields, this));
    }
    PlainFormat<?> format =
        ScheduleFormats.named(name)
            .orElseThrow(
                () ->
                    new LocatedException(
                        fields.path(NAME),
                        String.format(
                            Locale.ROOT,
                            "there is no schedule '%s'; %s",
                            Fields.shortened(name),
                            FormatReference.instead(name))));
    return fields.make(() -> format.read(fields, this));
  }

  private static Schedule modified(Schedule plain, Fields fields) {
    Schedule schedule = plain;
    for (ModifierFormat<?> modifier : ScheduleFormats.MODIFIERS) {
      if (fields.has(modifier.name())) {
        schedule = modifier.read(schedule, fields);
      }
    }
    return schedule;
  }
}
