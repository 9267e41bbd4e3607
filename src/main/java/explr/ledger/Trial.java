package explr.ledger;

import explr.experiment.Curve;
import explr.experiment.KnownRun;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * The finished runs of one seed that a claim is about.
 *
 * @param figure as long as it shows them
 * @param tables a row a period
 */
public record Trial(Profile profile, PaperFigure figure, Map<Curve, Table> tables) {

  /** Copies the map. */
  public Trial {
    tables = Map.copyOf(tables);
  }

  /** Of the tables of what is known. */
  static Trial of(Profile profile, PaperFigure figure, Map<Curve, KnownRun> runs) {
    Map<Curve, Table> tables = new EnumMap<>(Curve.class);
    runs.forEach((curve, run) -> tables.put(curve, run.measurements()));
    return new Trial(profile, figure, tables);
  }

  /** How many rows the table of a finished run has. */
  static int rows(Profile profile, PaperFigure figure) {
    return figure.epochs(profile) * profile.measurementsPerEpoch();
  }

  double[] values(Curve curve, Quantity quantity, Span span) {
    Span.Rows rows = span.rows(profile, figure);
    double[] all = quantity.of(tables.get(curve), profile.watched());
    return Arrays.copyOfRange(all, rows.from(), rows.to());
  }
}
