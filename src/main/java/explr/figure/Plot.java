package explr.figure;

import java.util.List;

/**
 * Panels next to and above each other under one title, laid out in the one {@link Style}.
 *
 * @param title what the figure shows
 * @param subtitle under what settings
 * @param columns from the left; each holds its panels from the top
 * @param caption what to see in it
 * @param alternativeText what is drawn, for those who cannot see it
 * @param notes lines of text below the panels, part of the picture
 * @param redrawn whether it is built so that Plotly redraws it quickly
 */
public record Plot(
    String title,
    String subtitle,
    List<List<Panel>> columns,
    String caption,
    String alternativeText,
    List<String> notes,
    boolean redrawn) {

  /** Copies the columns and the notes, and refuses empty columns. */
  public Plot {
    columns = columns.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
    if (columns.isEmpty() || columns.stream().anyMatch(List::isEmpty)) {
      throw new IllegalArgumentException("a plot needs a panel in each of its columns");
    }
    if (redrawn && !columns.stream().allMatch(Plot::sharesAxis)) {
      throw new IllegalArgumentException(
          "a plot for redrawing needs the same horizontal axis in all panels of a column");
    }
  }

  /** A plot that is drawn once, or seldom. */
  public Plot(
      String title,
      String subtitle,
      List<List<Panel>> columns,
      String caption,
      String alternativeText) {
    this(title, subtitle, columns, caption, alternativeText, List.of(), false);
  }

  /** Panels in one row. */
  public static Plot sideBySide(String title, String subtitle, List<Panel> panels) {
    return new Plot(title, subtitle, panels.stream().map(List::of).toList(), "", "");
  }

  /** The same plot with words about it: what to see, and what is drawn. */
  public Plot described(String newCaption, String newAlternativeText) {
    return new Plot(title, subtitle, columns, newCaption, newAlternativeText, notes, redrawn);
  }

  /**
   * The same plot with text below its panels; unlike a caption, the text is part of a picture.
   *
   * @param lines each at most about 105 characters long; they are not broken
   */
  public Plot noted(List<String> lines) {
    return new Plot(title, subtitle, columns, caption, alternativeText, lines, redrawn);
  }

  /**
   * The same plot for a page that changes its points and ranges at every move of a slider.
   *
   * <p>Whatever Plotly would measure again at every move is settled once, which saves most of the
   * time of a redraw. The panels of a column share one axis across. Axis labels keep their angle,
   * are few, and are not checked for overflow, which takes Plotly the square of their number; the
   * margins do not follow them. Ranges do not follow the mouse. Legends are text, so that a click
   * on an entry hides nothing.
   */
  public Plot forRedrawing() {
    return new Plot(title, subtitle, columns, caption, alternativeText, notes, true);
  }

  /** The plot as Plotly draws it. */
  public Figure figure() {
    return new PlotLayout(this).figure();
  }

  private static boolean sharesAxis(List<Panel> column) {
    return column.stream().map(Panel::horizontal).distinct().count() == 1;
  }
}
