package explr.experiment;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/**
 * What a figure of the paper draws.
 *
 * @param tables measurements a period, for each curve a table a seed; no table while no run began
 * @param weight name of the weight whose norm and angle are drawn
 * @param milestones epochs after which step schedules divide, ascending
 * @param setting sizes and data in one line
 */
public record FigureRuns(
    Map<Curve, List<Table>> tables, String weight, List<Double> milestones, String setting) {

  /** Copies the collections. */
  public FigureRuns {
    Map<Curve, List<Table>> copy = new EnumMap<>(Curve.class);
    tables.forEach((curve, runs) -> copy.put(curve, List.copyOf(runs)));
    tables = Collections.unmodifiableMap(copy);
    milestones = List.copyOf(milestones);
  }

  /** The tables of a curve, one a seed. */
  public List<Table> of(Curve curve) {
    return tables.getOrDefault(curve, List.of());
  }
}
