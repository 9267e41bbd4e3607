package explr.format;

import explr.schedule.KnownSchedule;
import explr.schedule.Schedule;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Schedules of frameworks that end, and the refusal of runs that are longer. */
final class Lengths {

  private record Limit(long steps, String reason) {}

  private final Map<Schedule, Limit> limits = new IdentityHashMap<>();

  void atMost(Schedule schedule, long steps, String reason) {
    limits.put(schedule, new Limit(steps, reason));
  }

  /** Refuses a schedule of which a run of this length reads more than there is. */
  void check(String path, Schedule schedule, long iterations) {
    Limit limit = limits.get(schedule);
    if (limit != null && iterations > limit.steps()) {
      throw new LocatedException(
          path,
          String.format(
              Locale.ROOT,
              "%s, and the run takes %d; shorten the run or add phases",
              limit.reason(),
              iterations));
    }
    if (schedule instanceof KnownSchedule known) {
      List<Schedule> parts = known.parts();
      for (int i = 0; i < parts.size(); i++) {
        check(path, parts.get(i), known.iterationsOfPart(i, iterations));
      }
    }
  }
}
