package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import explr.schedule.Constant;
import explr.schedule.Linear;
import explr.schedule.Phases;
import explr.schedule.Schedule;
import explr.schedule.Skip;
import explr.schedule.StepDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A scheduler that a recipe names as its framework does, with the framework's arguments: {@code
 * {"schedule": "torch.StepLR", "lr": 0.1, "step_size": 30}}. It is read as one of the schedules of
 * {@link explr.schedule}, and written back as that.
 *
 * @param name framework and scheduler, as in {@code torch.StepLR}
 * @param arguments its keys as the reference shows them; those in parentheses may be omitted
 * @param ours which schedule it is, with its boundaries, as Markdown
 * @param example a line of JSON
 * @param reading makes the schedule
 */
record FrameworkFormat(
    String name, String arguments, String ours, String example, Reading reading) {

  /** Fields → schedule. */
  @FunctionalInterface
  interface Reading {
    Schedule read(Fields fields, ScheduleReader reader);
  }

  /** Accepts one value of an argument, and refuses others with what to do. */
  static void only(Fields fields, String key, String value, String advice) {
    if (fields.has(key)) {
      JsonElement given = fields.element(key);
      JsonElement accepted = JsonParser.parseString(value);
      boolean same =
          Fields.isNumber(given) && Fields.isNumber(accepted)
              ? given.getAsDouble() == accepted.getAsDouble()
              : given.equals(accepted);
      if (!same) {
        throw refused(
            fields, key, String.format(Locale.ROOT, "only %s can be read; %s", value, advice));
      }
    }
  }

  /** Whether an argument is given and not null. */
  static boolean given(Fields fields, String key) {
    return fields.has(key) && !fields.element(key).isJsonNull();
  }

  /** A true or false with its default. */
  static boolean flag(Fields fields, String key, boolean otherwise) {
    return given(fields, key) ? fields.flag(key) : otherwise;
  }

  /** A number of iterations or epochs, which must be positive. */
  static long count(Fields fields, String key, long otherwise) {
    long count = fields.has(key) ? fields.integer(key) : otherwise;
    if (count < 1) {
      throw refused(fields, key, "must be at least 1");
    }
    return count;
  }

  /** A number of iterations or epochs that must be given and positive. */
  static long count(Fields fields, String key) {
    fields.element(key);
    return count(fields, key, 1);
  }

  static LocatedException refused(Fields fields, String key, String why) {
    return new LocatedException(
        fields.path(key),
        String.format(Locale.ROOT, "%s: %s", Fields.shortened(fields.element(key)), why));
  }

  /** A schedule after a line from {@code start} to {@code end} over {@code length}, if not 0. */
  static Schedule after(double start, double end, long length, Schedule schedule) {
    return length == 0
        ? schedule
        : Linear.from(start).to(end).over(length).during(length).then(schedule);
  }

  /** A schedule without its first values, if any are left out. */
  static Schedule skip(Schedule schedule, long iterations) {
    return iterations == 0 ? schedule : new Skip(schedule, iterations);
  }

  /**
   * A value that a factor multiplies at each milestone, which may be 0 or repeated.
   *
   * @param milestones in ascending order; one of 0 or less multiplies the first value
   */
  static Schedule steps(double from, double factor, List<Long> milestones) {
    boolean plain = factor > 0;
    long previous = 0;
    for (long milestone : milestones) {
      plain &= milestone > previous;
      previous = milestone;
    }
    if (plain) {
      return new StepDecay(from, 1 / factor, milestones);
    }
    List<Phases.Phase> phases = new ArrayList<>();
    double value = from;
    long start = 0;
    for (long milestone : milestones) {
      if (milestone > start) {
        phases.add(new Phases.Phase(new Constant(value), milestone - start));
        start = milestone;
      }
      value *= factor;
    }
    phases.add(new Phases.Phase(new Constant(value), Long.MAX_VALUE));
    return new Phases(phases);
  }

  /** A constant after another schedule that lasts for so many iterations, ≥ 1. */
  static Schedule then(Schedule schedule, long iterations, Schedule next) {
    return schedule.during(iterations).then(next);
  }
}
