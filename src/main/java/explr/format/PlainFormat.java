package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.schedule.KnownSchedule;

/** A schedule that a recipe names: {@code {"schedule": "cosine", …}}. */
non-sealed interface PlainFormat<S extends KnownSchedule> extends ScheduleFormat<S> {

  /**
   * Reads the schedule.
   *
   * @param fields the object; the caller refuses the keys that were not asked for
   * @param reader for parts that are schedules, and for files
   */
  S read(Fields fields, ScheduleReader reader);

  /** The JSON that {@link #read} turns back into an equal schedule. */
  JsonElement write(S schedule);

  /** An object with the name of the schedule and nothing else. */
  default JsonObject named() {
    JsonObject json = new JsonObject();
    json.addProperty(ScheduleReader.NAME, name());
    return json;
  }
}
