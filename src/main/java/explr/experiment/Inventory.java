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
   * recorded elsewhere, and the epochs that {@link Experiment#provide} would still train for the
   * figure alone. Figures share runs, so that the sum of the last column is more than training all
   * of them takes.
   *
   * @param seed of the runs
   */
  public static Table of(Experiment experiment, long seed) throws IOException {
    StringColumn figures = StringColumn.create("figure");
    IntColumn runs = IntColumn.create("runs");
    IntColumn trained = IntColumn.create("trained here");
    IntColumn recorded = IntColumn.create("recorded");
    IntColumn missing = IntColumn.create("epochs to train");
    for (PaperFigure figure : PaperFigure.values()) {
      int begunHere = 0;
      int recordedElsewhere = 0;
      int epochs = 0;
      for (Curve curve : figure.curves(experiment.profile())) {
        if (experiment.onlyRecorded(curve, seed)) {
          recordedElsewhere++;
        } else {
          int done = epochsDone(experiment, curve, seed);
          begunHere += done > 0 ? 1 : 0;
          epochs += experiment.profile().epochs(figure) - done;
        }
      }
      figures.append(figure.number());
      runs.append(figure.curves(experiment.profile()).size());
      trained.append(begunHere);
      recorded.append(recordedElsewhere);
      missing.append(epochs);
    }
    return Table.create(
        "Runs of the profile " + experiment.profile().name(),
        figures,
        runs,
        trained,
        recorded,
        missing);
  }

  /** Whole epochs; one that has begun counts as not done. */
  private static int epochsDone(Experiment experiment, Curve curve, long seed) throws IOException {
    Optional<Table> rows = experiment.measurements(curve, seed);
    return rows.map(Table::rowCount).orElse(0) / experiment.profile().measurementsPerEpoch();
  }
}
