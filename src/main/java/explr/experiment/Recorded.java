package explr.experiment;

import explr.figure.Figure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * What was recorded of the runs of a profile, to be read and drawn, whatever was trained here.
 *
 * <p>Got by {@link Experiment#recordedAt}.
 */
public final class Recorded {

  private final Profile profile;
  private final Results results;

  Recorded(Experiment experiment) {
    this.profile = experiment.profile();
    this.results = Results.recordedOnly(experiment);
  }

  /** The sizes. */
  public Profile profile() {
    return profile;
  }

  /** What was recorded of a run. */
  public Optional<KnownRun> known(Curve curve, long seed) throws IOException {
    return results.known(curve, seed);
  }

  /**
   * The results of a figure's run.
   *
   * @throws IllegalStateException if none were recorded
   */
  public Table results(PaperFigure figure, String curve, long seed) throws IOException {
    return results.of(figure, curve, seed);
  }

  /** Draws a figure. */
  public Figure draw(PaperFigure figure, Long... seeds) {
    return results.draw(figure, List.of(seeds));
  }
}
