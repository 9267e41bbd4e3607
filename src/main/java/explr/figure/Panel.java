package explr.figure;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One pair of axes with curves on it.
 *
 * @param title over it
 * @param horizontal the axis across
 * @param vertical the axis up
 * @param curves drawn in this order
 * @param marks vertical lines, such as where the rate drops
 * @param share of its column's height, relative to the panels over and under it
 * @param equalUnits whether a unit across is as long as a unit up, so that angles are true
 */
public record Panel(
    String title,
    Axis horizontal,
    Axis vertical,
    List<Line> curves,
    List<Mark> marks,
    double share,
    boolean equalUnits) {

  /**
   * A vertical line with a word at its top.
   *
   * @param x where
   * @param text what happens there
   */
  public record Mark(double x, String text) {}

  /** Copies the lists, and refuses a share that is not positive. */
  public Panel {
    if (!(share > 0)) {
      throw new IllegalArgumentException("a panel's share of its column is above 0, not " + share);
    }
    curves = List.copyOf(curves);
    marks = List.copyOf(marks);
  }

  /** A panel of curves. */
  public static Panel of(String title, Axis horizontal, Axis vertical, List<Line> curves) {
    return new Panel(title, horizontal, vertical, curves, List.of(), 1, false);
  }

  /** The same panel with a vertical line. */
  public Panel mark(double x, String text) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(new Mark(x, text));
    return new Panel(title, horizontal, vertical, curves, more, share, equalUnits);
  }

  /** The same panel, so many times as high as one of share 1 in its column. */
  public Panel share(double times) {
    return new Panel(title, horizontal, vertical, curves, marks, times, equalUnits);
  }

  /** The same panel with a unit across as long as a unit up. */
  public Panel undistorted() {
    return new Panel(title, horizontal, vertical, curves, marks, share, true);
  }

  /** How far the curves reach across, in the units of x; 0 without any. */
  double width() {
    return extent(Line.Point::x);
  }

  /** How far the curves reach up and down, in the units of their values; 0 without any. */
  double height() {
    return extent(Line.Point::mean);
  }

  private double extent(ToDoubleFunction<Line.Point> coordinate) {
    DoubleSummaryStatistics values =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(coordinate)
            .filter(Double::isFinite)
            .summaryStatistics();
    return values.getCount() == 0 ? 0 : values.getMax() - values.getMin();
  }
}
