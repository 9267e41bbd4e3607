package explr.store;

import explr.schedule.Rates;
import explr.training.Task;
import java.util.ArrayList;
import java.util.List;

/** The addresses of a run's states at the ends of its periods. */
public final class Lineage {

  private final Task task;
  private final Rates rates;
  private final Address start;
  private final List<Address> periods;
  private final List<Long> ends;

  private Lineage(Task task, Rates rates, Address start, List<Address> periods, List<Long> ends) {
    this.task = task;
    this.rates = rates;
    this.start = start;
    this.periods = List.copyOf(periods);
    this.ends = List.copyOf(ends);
  }

  /** The lineage of a task driven by rates, on this machine. */
  public static Lineage of(Task task, Rates rates) {
    Address start = Identity.ofStart(task).address();
    long perEpoch = task.epochs().iterationsEach();
    List<Address> periods = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    Address last = start;
    long from = 0;
    for (long period = 1; from < rates.iterations(); period++) {
      long to = Math.min(task.probe().end(period, perEpoch), rates.iterations());
      last = Identity.ofPeriod(last, rates, task.optimizer(), from, to).address();
      periods.add(last);
      ends.add(to);
      from = to;
    }
    return new Lineage(task, rates, start, periods, ends);
  }

  /** The address of the start. */
  public Address start() {
    return start;
  }

  /** The addresses of the ends of its periods, in their order. */
  public List<Address> periods() {
    return periods;
  }

  /** The number of steps taken up to the end of each period. */
  public List<Long> ends() {
    return ends;
  }

  /** What is trained. */
  Task task() {
    return task;
  }

  /** The rates that drive it. */
  Rates rates() {
    return rates;
  }

  /** The number of periods. */
  public int length() {
    return periods.size();
  }

  /**
   * The number of steps taken up to the end of a period.
   *
   * @param period from 0, the start, to {@link #length}
   * @throws IndexOutOfBoundsException if there is no such period
   */
  public long end(int period) {
    return period == 0 ? 0 : ends.get(period - 1);
  }

  /**
   * The address of the end of a period.
   *
   * @param period from 0, the start, to {@link #length}
   * @throws IndexOutOfBoundsException if there is no such period
   */
  public Address at(int period) {
    return period == 0 ? start : periods.get(period - 1);
  }

  /** The identity of a period, counted from 1; of period 0, the start. */
  Identity identity(int period) {
    return period == 0
        ? Identity.ofStart(task)
        : Identity.ofPeriod(at(period - 1), rates, task.optimizer(), end(period - 1), end(period));
  }

  /** How many periods two runs have in common. */
  public int sharedWith(Lineage other) {
    int shared = 0;
    while (shared < Math.min(length(), other.length())
        && periods.get(shared).equals(other.periods.get(shared))) {
      shared++;
    }
    return shared;
  }

  @Override
  public String toString() {
    return length() + " periods from " + start;
  }
}
