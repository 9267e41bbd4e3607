package explr.experiment;

import explr.store.Address;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Consecutive periods that the same runs share, trained in one go.
 *
 * @param run one of the runs that pass these periods
 * @param from first period, counted from 1
 * @param to last period
 * @param parent number of the segment that ends where this one begins; empty at the start of a run
 * @param sharedBy all curves that pass these periods
 * @param kept states of the run from which others continue; the store keeps them
 */
public record Segment(
    PlannedRun run, int from, int to, OptionalInt parent, List<Curve> sharedBy, Set<Address> kept) {

  /** Copies the collections. */
  public Segment {
    sharedBy = List.copyOf(sharedBy);
    kept = Set.copyOf(kept);
  }

  /** Number of periods. */
  public int periods() {
    return to - from + 1;
  }

  /** Number of iterations. */
  public long iterations() {
    return end() - start();
  }

  /** Iterations before the first period. */
  public long start() {
    return run.lineage().end(from - 1);
  }

  /** Iterations up to the end of the last period. */
  public long end() {
    return run.lineage().end(to);
  }
}
