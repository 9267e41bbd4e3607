package explr.experiment;

import java.io.IOException;
import java.util.Optional;

/** A place where measurements of runs lie: a store, or a folder of recorded runs. */
sealed interface RunSource permits StoreSource, RecordingSource {

  /**
   * The measurements of a run, at most as long as a figure shows it.
   *
   * @return empty if this place has none
   */
  Optional<KnownRun> find(PaperFigure figure, Curve curve, long seed) throws IOException;
}
