package explr.benchmark;

import explr.data.EmbeddedSample;
import explr.engine.EngineName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a whole run costs in addition to its bare steps, with weight decay and without. */
final class Overhead {

  /** What is compared. */
  enum Part {
    /** {@link BareStepper}. */
    BARE_STEP("the bare step on one batch"),
    /** {@link RunStepper} of the recipe. */
    RUN_WITH_DECAY("the whole run, weight decay"),
    /** {@link RunStepper} of its twin by Theorem 2.9. */
    RUN_EXPONENTIAL("the whole run, exponential rate");

    private final String title;

    Part(String title) {
      this.title = title;
    }

    /** The variant's id: {@code bare-step}. */
    String id() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Part of(String id) {
      return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
  }

  private Overhead() {}

  /**
   * Turns of an epoch of the embedded sample, so that each contains the end of one period:
   * otherwise what happens once in a period would be in some turns only, and not in their median.
   */
  static Repetitions repetitions(Repetitions repetitions, Workload workload) {
    long epoch = workload.task(EmbeddedSample.load(), EngineName.auto()).epochs().iterationsEach();
    return repetitions.inTurnsOf(Math.toIntExact(epoch));
  }

  /**
   * A variant for each part.
   *
   * @param stores a folder for the runs
   */
  static List<Variant> variants(EngineName engine, Workload workload, Path stores) {
    List<Variant> variants = new ArrayList<>();
    for (Part part : Part.values()) {
      variants.add(
          Variant.explr(part.id(), engine, workload, stores.toString()).titled(part.title));
    }
    return variants;
  }
}
