package explr.schedule;

import java.util.List;

/**
 * The schedules of this library, as opposed to one that a user implements: each can be written to a
 * file and read back, which a lambda cannot.
 *
 * <p>{@code explr.format.ScheduleFormats} has an entry for each; a test names the class that has
 * none.
 */
public sealed interface KnownSchedule extends Schedule
    permits Constant,
        StepDecay,
        Exponential,
        InverseTime,
        Linear,
        Polynomial,
        Cosine,
        CosineCycle,
        CosineRestarts,
        Triangular,
        Phases,
        Tabulated,
        ModifiedSchedule {

  /** The schedules that this one is made of, in order; none for a formula or a table. */
  default List<Schedule> parts() {
    return List.of();
  }

  /**
   * How many iterations of a part are read for the first iterations of this schedule.
   *
   * @param part index into {@link #parts}
   * @param read number of iterations of this schedule, ≥ 0
   */
  default long iterationsOfPart(int part, long read) {
    return read;
  }
}
