package explr.store;

import java.io.IOException;
import java.util.Set;

/**
 * Decides which states of a run in training are kept: the two newest, and those where runs fork or
 * end. A state takes some megabytes.
 *
 * @param store that holds them
 * @param lineage of the run
 * @param forks addresses at which other runs fork from it
 * @param until the period to which the run is trained
 */
record KeptStates(Store store, Lineage lineage, Set<Address> forks, int until) {

  /** Removes the state at the end of a period, unless runs fork or end there. */
  void drop(int period) throws IOException {
    boolean kept =
        period < 1
            || period >= until
            || period == lineage.length()
            || forks.contains(lineage.at(period));
    if (!kept) {
      store.entry(lineage, period).removal().dropState();
    }
  }

  /** The same for all earlier periods, whose states a killed process may have left. */
  void dropBefore(int period) throws IOException {
    for (int earlier = 1; earlier < period; earlier++) {
      drop(earlier);
    }
  }
}
