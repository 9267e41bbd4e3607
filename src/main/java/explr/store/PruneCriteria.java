package explr.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which runs of a store are to be removed: those that meet every criterion that is given.
 *
 * @param olderThan they were not trained or read for so long
 * @param profile they were trained for this profile
 * @param recorded no run in this folder was exported from them
 */
public record PruneCriteria(
    Optional<Duration> olderThan, Optional<String> profile, Optional<Path> recorded) {

  /** Refuses to remove everything: at least one criterion is given. */
  public PruneCriteria {
    if (olderThan.isEmpty() && profile.isEmpty() && recorded.isEmpty()) {
      throw new IllegalArgumentException(
          "runs are pruned by an age, a profile or a folder of recorded runs; none is given");
    }
  }
}
