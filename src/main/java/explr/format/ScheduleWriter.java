package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.KnownSchedule;
import explr.schedule.ModifiedSchedule;
import explr.schedule.Schedule;
import java.util.List;
import java.util.Locale;

/** Schedule → JSON, which {@link ScheduleReader} reads back to an equal schedule. */
final class ScheduleWriter {

  private ScheduleWriter() {}

  static JsonElement write(Schedule schedule) {
    if (!(schedule instanceof KnownSchedule known)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a schedule of one's own, %s, has no JSON; Tabulated.of(schedule, iterations) makes a table of it",
              schedule.getClass().getName()));
    }
    ScheduleFormat<?> format = ScheduleFormats.of(known);
    if (format instanceof PlainFormat<?> plain) {
      return plain(plain, known);
    }
    return modified((ModifierFormat<?>) format, known);
  }

  /** The JSON of a schedule as an object, to which further keys can be added. */
  static JsonObject object(Schedule schedule) {
    JsonElement json = write(schedule);
    return json.isJsonObject() ? json.getAsJsonObject() : nested(json);
  }

  private static JsonObject nested(JsonElement schedule) {
    JsonObject json = new JsonObject();
    json.add(ScheduleReader.NAME, schedule);
    return json;
  }

  private static <S extends KnownSchedule> JsonElement plain(
      PlainFormat<S> format, KnownSchedule schedule) {
    return format.write(format.type().cast(schedule));
  }

  /** Adds a key to the object of the schedule within, if all its modifiers are applied before. */
  private static <S extends ModifiedSchedule> JsonObject modified(
      ModifierFormat<S> format, KnownSchedule schedule) {
    S modified = format.type().cast(schedule);
    JsonObject json = object(modified.schedule());
    List<ModifierFormat<?>> all = ScheduleFormats.MODIFIERS;
    boolean appliedLater =
        all.subList(all.indexOf(format), all.size()).stream()
            .anyMatch(modifier -> json.has(modifier.name()));
    JsonObject target = appliedLater ? nested(json) : json;
    format.write(modified, target);
    return target;
  }
}
