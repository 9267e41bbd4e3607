package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.schedule.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Schedules as curves, a few in a panel, all over the same number of epochs.
 *
 * <pre>{@code
 * Gallery.over(160)
 *     .panel("Falling").curve("cosine", Cosine.from(0.1).over(160))
 *     .figure("Schedules", "values by epoch")
 * }</pre>
 */
public final class Gallery {

  private final int epochs;
  private final List<List<Panel>> columns;

  private Gallery(int epochs, List<List<Panel>> columns) {
    this.epochs = epochs;
    this.columns = columns;
  }

  /** An empty gallery of schedules that count epochs, drawn at 0, 1, …, {@code epochs} ≥ 1. */
  public static Gallery over(int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException("a gallery spans at least one epoch, not " + epochs);
    }
    return new Gallery(epochs, List.of());
  }

  /** The same gallery with an empty panel in an extra column on the right. */
  public Gallery panel(String title) {
    List<List<Panel>> more = new ArrayList<>(columns);
    more.add(List.of(empty(title)));
    return new Gallery(epochs, more);
  }

  /** The same gallery with an empty panel below those of the last column. */
  public Gallery below(String title) {
    return withLast(column -> column.add(empty(title)));
  }

  /**
   * The same gallery with a curve in the last panel.
   *
   * @throws IllegalArgumentException if the panel has as many as there are colours
   */
  public Gallery curve(String name, Schedule schedule) {
    double[] values = new double[epochs + 1];
    Arrays.setAll(values, schedule::at);
    return withLast(
        column -> {
          Panel panel = column.remove(column.size() - 1);
          List<Line> curves = new ArrayList<>(panel.curves());
          curves.add(Series.of(values).line(name, Palette.next(curves)));
          column.add(Panel.of(panel.title(), panel.horizontal(), panel.vertical(), curves));
        });
  }

  /** The figure. */
  public Figure figure(String title, String subtitle) {
    return new Plot(
            title,
            subtitle,
            columns,
            "Schedules as functions of the epoch.",
            "Line charts of schedules against the epoch, a few in each.")
        .figure();
  }

  private Panel empty(String title) {
    Axis across = Axis.count("epoch").between(0, epochs);
    return Panel.of(title, across, Axis.linear("value"), List.of());
  }

  private Gallery withLast(Consumer<List<Panel>> change) {
    if (columns.isEmpty()) {
      throw new IllegalStateException("a gallery begins with a panel");
    }
    List<List<Panel>> more = new ArrayList<>(columns);
    List<Panel> column = new ArrayList<>(more.remove(more.size() - 1));
    change.accept(column);
    more.add(column);
    return new Gallery(epochs, more);
  }
}
