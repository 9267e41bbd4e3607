package explr.schedule;

import java.util.ArrayList;
import java.util.List;

/**
 * Schedules one after the other, each counted from 0 at its start.
 *
 * <p>{@code Linear.from(0).to(0.1).over(500).during(500).then(Cosine.from(0.1).over(3500), 3500)}.
 * The last phase continues after its end.
 *
 * @param phases at least one
 */
public record Phases(List<Phase> phases) implements KnownSchedule {

  /**
   * A schedule for a time.
   *
   * @param schedule asked for 0, 1, … from the start of the phase on
   * @param iterations how long the phase is, ≥ 1
   */
  public record Phase(Schedule schedule, long iterations) {

    /** Refuses a missing schedule and an empty phase. */
    public Phase {
      if (schedule == null) {
        throw new IllegalArgumentException("a phase needs a schedule");
      }
      Require.atLeastOne("the number of iterations of a phase", iterations);
    }
  }

  /** Refuses an empty list. */
  public Phases {
    phases = List.copyOf(phases);
    if (phases.isEmpty()) {
      throw new IllegalArgumentException("phases are joined from at least one, not from none");
    }
  }

  /** A single phase, to be continued by {@link #then}. */
  public static Phases of(Schedule schedule, long iterations) {
    return new Phases(List.of(new Phase(schedule, iterations)));
  }

  /** The same with another phase of so many iterations after the last. */
  public Phases then(Schedule schedule, long iterations) {
    List<Phase> longer = new ArrayList<>(phases);
    longer.add(new Phase(schedule, iterations));
    return new Phases(longer);
  }

  /** The same with a last phase that never ends. */
  public Phases then(Schedule schedule) {
    return then(schedule, Long.MAX_VALUE);
  }

  @Override
  public List<Schedule> parts() {
    return phases.stream().map(Phase::schedule).toList();
  }

  @Override
  public long iterationsOfPart(int part, long read) {
    long fromStart = Math.max(0, read - startOf(part));
    boolean last = part == phases.size() - 1;
    return last ? fromStart : Math.min(fromStart, phases.get(part).iterations());
  }

  @Override
  public double at(long iteration) {
    int phase = phaseOf(iteration);
    return phases.get(phase).schedule().at(iteration - startOf(phase));
  }

  @Override
  public double logAt(long iteration) {
    int phase = phaseOf(iteration);
    return phases.get(phase).schedule().logAt(iteration - startOf(phase));
  }

  private int phaseOf(long iteration) {
    Require.iteration(iteration);
    int phase = 0;
    long left = iteration;
    while (phase < phases.size() - 1 && left >= phases.get(phase).iterations()) {
      left -= phases.get(phase).iterations();
      phase++;
    }
    return phase;
  }

  private long startOf(int phase) {
    long start = 0;
    for (int i = 0; i < phase; i++) {
      start += phases.get(i).iterations();
    }
    return start;
  }
}
