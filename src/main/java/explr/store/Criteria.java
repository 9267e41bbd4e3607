package explr.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Which runs of a store are to be removed: those for which all that is given holds.
 *
 * @param olderThan not trained or read for so long
 * @param profile trained for this profile
 * @param recorded from which no run in this folder was exported
 */
public record Criteria(
    Optional<Duration> olderThan, Optional<String> profile, Optional<Path> recorded) {

  /** Refuses to remove everything. */
  public Criteria {
    if (olderThan.isEmpty() && profile.isEmpty() && recorded.isEmpty()) {
      throw new IllegalArgumentException(
          "say which runs: --older-than 30d, --profile NAME or --unrecorded");
    }
  }
}
