package explr.store;

import explr.schedule.Rates;
import explr.training.Task;
import java.util.ArrayList;
import java.util.List;

/**
 * The states that a run passes at the ends of its periods, by their addresses.
 *
 * @param start the address of its start
 * @param periods the addresses of the ends of its periods, the first one's first
 * @param ends how many steps were taken at each of them
 */
public record Lineage(Address start, List<Address> periods, List<Long> ends) {

  /** Copies the lists. */
  public Lineage {
    periods = List.copyOf(periods);
    ends = List.copyOf(ends);
  }

  /** The lineage of a task driven by rates, on this machine. */
  public static Lineage of(Task task, Rates rates) {
    return of(new Address(Manifests.identity(task)), task, rates);
  }

  static Lineage of(Address start, Task task, Rates rates) {
    long perEpoch = task.epochs().iterationsEach();
    List<Address> periods = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    Address last = start;
    long from = 0;
    for (long period = 1; from < rates.iterations(); period++) {
      long to = Math.min(task.probe().end(period, perEpoch), rates.iterations());
      last = last.then(rates, from, to);
      periods.add(last);
      ends.add(to);
      from = to;
    }
    return new Lineage(start, periods, ends);
  }

  /** The number of periods. */
  public int length() {
    return periods.size();
  }

  /** How many steps were taken at the end of a period, counted from 1; of period 0: none. */
  public long end(int period) {
    return period == 0 ? 0 : ends.get(period - 1);
  }

  /** The address of the end of a period, counted from 1; of period 0: of the start. */
  public Address at(int period) {
    return period == 0 ? start : periods.get(period - 1);
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
