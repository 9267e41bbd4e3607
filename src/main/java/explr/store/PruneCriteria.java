package explr.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Selects the runs to remove from a store: those that meet all given criteria.
 *
 * @param olderThan not trained or read for longer than this
 * @param profile trained for this profile
 * @param recorded not the source of a recorded run in this folder
 */
public record PruneCriteria(
    Optional<Duration> olderThan, Optional<String> profile, Optional<Path> recorded) {

  /** Requires at least one criterion, so that nobody removes everything by mistake. */
  public PruneCriteria {
    if (olderThan.isEmpty() && profile.isEmpty() && recorded.isEmpty()) {
      throw new IllegalArgumentException(
          "runs are pruned by an age, a profile or a folder of recorded runs; none is given");
    }
  }
}
