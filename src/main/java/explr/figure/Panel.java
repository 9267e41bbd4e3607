package explr.figure;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One pair of axes with curves on it.
 *
 * @param title above the panel
 * @param horizontal the horizontal axis
 * @param vertical the vertical axis
 * @param curves in drawing order
 * @param marks vertical lines, such as where the rate drops
 * @param share of its column's height, relative to the other panels of the column
 * @param equalUnits whether a unit has the same length on both axes, so that angles are true
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
   * A vertical line with a word at the top.
   *
   * @param x position of the line
   * @param text what happens there
   * @param textBefore whether the text is to the left of the line instead of the right
   */
  public record Mark(double x, String text, boolean textBefore) {}

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
    return mark(new Mark(x, text, false));
  }

  /** The same panel with a vertical line whose text is to its left, for one near the right end. */
  public Panel markWithTextBefore(double x, String text) {
    return mark(new Mark(x, text, true));
  }

  private Panel mark(Mark mark) {
    List<Mark> more = new ArrayList<>(marks);
    more.add(mark);
    return new Panel(title, horizontal, vertical, curves, more, share, equalUnits);
  }

  /** The same panel with another share of its column's height. */
  public Panel share(double times) {
    return new Panel(title, horizontal, vertical, curves, marks, times, equalUnits);
  }

  /** The same panel with units of equal length on both axes. */
  public Panel undistorted() {
    return new Panel(title, horizontal, vertical, curves, marks, share, true);
  }

  /** The range of the curves' x; 0 without curves. */
  double width() {
    return extent(Line.Point::x);
  }

  /** The range of the curves' values; 0 without curves. */
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
