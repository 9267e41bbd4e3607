package explr.store;

import java.io.IOException;
import java.util.Set;

/**
 * Which states of a run in training are kept: the two newest, and those where runs part or end. A
 * state takes some megabytes.
 *
 * @param store where they lie
 * @param lineage of the run
 * @param forks addresses at which other runs part from it
 * @param until the period to which the run is trained
 */
record KeptStates(Store store, Lineage lineage, Set<Address> forks, int until) {

  /** Drops the state at the end of a period, unless runs part or end there. */
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

  /** The same of all periods before one, of which a killed process may have left some. */
  void dropBefore(int period) throws IOException {
    for (int earlier = 1; earlier < period; earlier++) {
      drop(earlier);
    }
  }
}
