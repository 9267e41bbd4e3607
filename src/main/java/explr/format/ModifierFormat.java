package explr.format;

import com.google.gson.JsonObject;
import explr.schedule.ModifiedSchedule;
import explr.schedule.Schedule;

/** A key that modifies any schedule: {@code {…, "per_epoch": 391}}. */
non-sealed interface ModifierFormat<S extends ModifiedSchedule> extends ScheduleFormat<S> {

  @Override
  default String synopsis() {
    return keys().get(0).kind().text();
  }

  /**
   * Modifies a schedule.
   *
   * @param schedule what the other keys say
   * @param fields the object, which has the key {@link #name}
   */
  S read(Schedule schedule, Fields fields);

  /** Adds the key {@link #name} to the object of the schedule that is modified. */
  void write(S schedule, JsonObject json);
}
