package explr.format;

import com.google.gson.JsonElement;
import explr.schedule.Constant;
import explr.schedule.Schedule;
import java.nio.file.Path;

/**
 * JSON → schedule, by the entries of {@link ScheduleFormats}.
 *
 * @param folder the one that the files of tables are relative to
 */
record ScheduleReader(Path folder) {

  /** The key that holds the name of a schedule, or the schedule that is modified. */
  static final String NAME = "schedule";

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
                            .formatted(name, FormatReference.names(ScheduleFormats.PLAIN))));
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
