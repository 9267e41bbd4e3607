package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Schedules as curves, in panels of a few each; all over the same number of epochs. */
public final class Gallery {

  private final int epochs;
  private final List<List<Panel>> columns;

  private Gallery(int epochs, List<List<Panel>> columns) {
    this.epochs = epochs;
    this.columns = columns;
  }

  /** An empty gallery of schedules that count epochs, drawn at 0, 1, …, {@code epochs}. */
  public static Gallery over(int epochs) {
    return new Gallery(epochs, List.of());
  }

  /** The same gallery with another panel on the right. */
  public Gallery panel(String title, Line... curves) {
    List<List<Panel>> more = new ArrayList<>(columns);
    more.add(List.of(make(title, curves)));
    return new Gallery(epochs, more);
  }

  /** The same gallery with another panel below those of the last column. */
  public Gallery below(String title, Line... curves) {
    List<List<Panel>> more = new ArrayList<>(columns);
    List<Panel> column = new ArrayList<>(more.remove(more.size() - 1));
    column.add(make(title, curves));
    more.add(column);
    return new Gallery(epochs, more);
  }

  /** A schedule's curve over epochs 0 … n, one point an epoch. */
  public static Line curve(String name, Schedule schedule, int epochs, Color color) {
    double[] values = new double[epochs + 1];
    Arrays.setAll(values, schedule::at);
    return Series.of(values).line(name, color);
  }

  /** The figure. */
  public Figure figure(String title, String subtitle) {
    return new Plot(
            title,
            subtitle,
            columns,
            "Schedules as functions of the epoch.",
            "Line charts of learning rates against the epoch, a few schedules in each.")
        .figure();
  }

  private Panel make(String title, Line... curves) {
    return Panel.of(
        title, Axis.count("epoch").between(0, epochs), Axis.linear("value"), List.of(curves));
  }
}
