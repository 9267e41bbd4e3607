package explr.figure;

/**
 * Where a panel lies, as fractions of the area inside the margins, and what Plotly calls its axes.
 *
 * @param number of the panel, from 1
 * @param across the number of its horizontal axis: that of the panel, unless panels share one
 * @param left end of the panel
 * @param right end
 * @param bottom end
 * @param top end
 */
record Cell(int number, int across, double left, double right, double bottom, double top) {

  /** What Plotly appends to the names of things of this panel. */
  String suffix() {
    return suffix(number);
  }

  /** The horizontal axis, as traces call it: {@code x} or {@code x2}. */
  String x() {
    return "x" + suffix(across);
  }

  /** The vertical axis. */
  String y() {
    return "y" + suffix(number);
  }

  /** Plotly writes no 1. */
  private static String suffix(int number) {
    return number == 1 ? "" : Integer.toString(number);
  }
}
