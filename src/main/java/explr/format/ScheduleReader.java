package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.Schedule;
import explr.schedule.Tabulated;
import java.nio.file.Path;
import java.util.function.Consumer;

/** JSON → schedule, by the entries of {@link ScheduleFormats}. */
final class ScheduleReader {

  /** The key that holds the name of a schedule, or the schedule that is modified. */
  static final String NAME = "schedule";

  private final Path folder;
  private final Consumer<String> warnings;
  private final UnreadRows unread = new UnreadRows();

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
    return fields.make(() -> modified(plain, fields));
  }

  private Schedule named(String name, Fields fields) {
    PlainFormat<?> format =
        ScheduleFormats.named(name)
            .orElseThrow(
                () ->
                    new LocatedException(
                        fields.path(NAME),
                        "there is no schedule '%s'; there are %s"
                            .formatted(
                                Fields.shortened(name),
                                FormatReference.names(ScheduleFormats.PLAIN))));
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
