package explr.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * The memory that a variant holds before and after many steps: a leak grows with every step.
 *
 * @param variant that trained
 * @param steps between the two measurements
 * @param before in 10⁶ bytes, after a tenth of as many steps
 * @param after in 10⁶ bytes
 */
record MemoryGrowth(Variant variant, int steps, OptionalDouble before, OptionalDouble after) {

  static MemoryGrowth of(Variant variant, int steps, Path log) throws IOException {
    try (Competitor competitor = new Competitor(variant, log)) {
      competitor.run(Math.max(1, steps / 10));
      OptionalDouble before = competitor.megabytes();
      competitor.run(steps);
      return new MemoryGrowth(variant, steps, before, competitor.megabytes());
    }
  }
}
