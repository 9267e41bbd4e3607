package explr.schedule;

import java.util.List;

/** A schedule made from another by one of the default methods of {@link Schedule}. */
public sealed interface ModifiedSchedule extends KnownSchedule
    permits Skip, Delay, PerEpoch, WarmUp, Repeated, Scaled {

  /** The schedule that is modified. */
  Schedule schedule();

  @Override
  default List<Schedule> parts() {
    return List.of(schedule());
  }
}
