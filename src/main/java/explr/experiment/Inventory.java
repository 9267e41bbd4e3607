package explr.experiment;

import java.io.IOException;
import java.util.Optional;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What is known of the runs that the paper's figures show, and what is still to be trained. */
public final class Inventory {

  private Inventory() {}

  /**
   * A row for each figure: the number of its runs, how many of them were begun here, how many were
   * recorded elsewhere, and the epochs that the figure alone still needs. Figures share runs, so
   * the sum of the last column is more than training all of them takes.
   *
   * @param seed of the runs
   */
  public static Table of(Results results, long seed) throws IOException {
    StringColumn figures = StringColumn.create("figure");
    IntColumn runs = IntColumn.create("runs");
    IntColumn trained = IntColumn.create("trained here");
    IntColumn recorded = IntColumn.create("recorded");
    IntColumn missing = IntColumn.create("epochs to train");
    Profile profile = results.profile();
    for (PaperFigure figure : PaperFigure.values()) {
      int begunHere = 0;
      int recordedElsewhere = 0;
      int epochs = 0;
      for (Curve curve : figure.curves()) {
        Optional<KnownRun> known = results.find(figure, curve, seed);
        if (known.filter(KnownRun::recorded).isPresent()) {
          recordedElsewhere++;
        } else {
          int done = known.map(run -> epochsDone(run, profile)).orElse(0);
          begunHere += done > 0 ? 1 : 0;
          epochs += figure.epochs(profile) - done;
        }
      }
      figures.append(figure.number());
      runs.append(figure.curves().size());
      trained.append(begunHere);
      recorded.append(recordedElsewhere);
      missing.append(epochs);
    }
    return Table.create(
        "Runs of the profile " + profile.name(), figures, runs, trained, recorded, missing);
  }

  /** Complete epochs; one that has begun counts as not done. */
  private static int epochsDone(KnownRun run, Profile profile) {
    return run.measurements().rowCount() / profile.measurementsPerEpoch();
  }
}
