package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.theory.Trajectory;
import java.util.ArrayList;
import java.util.List;

/** How far the directions of several runs are from those of one, on a logarithmic axis. */
public final class DistanceFigure {

  /** Below the rounding of a double there is nothing to see; an exact 0 is drawn here. */
  private static final double FLOOR = 1e-17;

  private final Trajectory reference;
  private final List<Line> curves;

  private DistanceFigure(Trajectory reference, List<Line> curves) {
    this.reference = reference;
    this.curves = curves;
  }

  /** A figure without curves; all will be compared with this run. */
  public static DistanceFigure from(Trajectory reference) {
    return new DistanceFigure(reference, List.of());
  }

  /**
   * The same figure with another run.
   *
   * @throws IllegalArgumentException if it has as many as there are colours
   */
  public DistanceFigure run(String name, Trajectory run) {
    List<Line> more = new ArrayList<>(curves);
    Series distances = Series.of(reference.distances(run)).map(d -> Math.max(FLOOR, d));
    more.add(distances.logLine(name, Palette.next(curves)));
    return new DistanceFigure(reference, more);
  }

  /** The figure. */
  public Figure figure(String title, String subtitle) {
    return Plot.sideBySide(
            title,
            subtitle,
            List.of(
                Panel.of(
                    "Runs",
                    Axis.count("iteration"),
                    Axis.powersOfTen("distance of the directions"),
                    curves)))
        .described(
            "Distance of θ/|θ| from that of the run with weight decay.",
            "A line chart on a logarithmic axis: distances of the directions of several runs from"
                + " those of one run, against the iteration.")
        .figure();
  }
}
