package explr.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Curves over the same x, thinned so that a picture of them stays the same.
 *
 * <p>The points are divided into equal ranges. For each range and curve these are kept unchanged:
 * the first and the last point, the lowest and the highest (M4: Jugel et al., VLDB 2014), and both
 * sides of the largest step between neighbours, so that a drop stays where it is. A point that is
 * kept for one curve is kept for all.
 *
 * <p>Points are added in ascending order of x, and only kept points use memory. Values that are not
 * finite are gaps; the first and the last point of a gap are kept.
 */
public final class Thinning {

  /** As many ranges as the widest figure has pixels. */
  private static final int RANGES = 1000;

  /** Fewer points than this are all kept. */
  private static final int FEW = 4 * RANGES;

  private final long rangeLength;
  private final int curves;
  private final List<double[]> kept = new ArrayList<>();
  private final SortedMap<Double, double[]> ofRange = new TreeMap<>();
  private Extremes[] extremes;
  private double[] last;
  private long points;

  /** The points of a range that one curve wants to keep. */
  private static final class Extremes {
    private double[] lowest;
    private double[] highest;
    private double[] beforeStep;
    private double[] afterStep;
    private double step = -1;
  }

  /**
   * Starts without points.
   *
   * @param points how many will be added
   * @param curves how many values each point has
   */
  public Thinning(long points, int curves) {
    this.rangeLength = points <= FEW ? 1 : (points + RANGES - 1) / RANGES;
    this.curves = curves;
  }

  /**
   * Adds a point of all curves.
   *
   * @param point x, then the value of each curve
   */
  public void add(double... point) {
    if (point.length != curves + 1) {
      throw new IllegalArgumentException(
          "a point has x and a value for each of " + curves + " curves, not " + (point.length - 1));
    }
    if (points % rangeLength == 0) {
      endRange();
      keep(point);
    }
    for (int curve = 1; curve <= curves; curve++) {
      consider(point, curve);
    }
    last = point;
    points++;
  }

  private void consider(double[] point, int curve) {
    Extremes found = extremes[curve - 1];
    double value = point[curve];
    boolean gap = !Double.isFinite(value);
    if (last != null && gap != !Double.isFinite(last[curve])) {
      keep(last);
      keep(point);
    }
    if (gap) {
      return;
    }
    if (found.lowest == null || value < found.lowest[curve]) {
      found.lowest = point;
    }
    if (found.highest == null || value > found.highest[curve]) {
      found.highest = point;
    }
    double step = last == null ? -1 : Math.abs(value - last[curve]);
    if (step > found.step) {
      found.beforeStep = last;
      found.afterStep = point;
      found.step = step;
    }
  }

  private void keep(double[] point) {
    ofRange.put(point[0], point);
  }

  private void endRange() {
    if (last != null) {
      keep(last);
      for (Extremes found : extremes) {
        for (double[] point :
            new double[][] {found.lowest, found.highest, found.beforeStep, found.afterStep}) {
          if (point != null) {
            keep(point);
          }
        }
      }
    }
    for (double[] point : ofRange.values()) {
      // The side before a step may belong to the range before, whose last point it is.
      if (kept.isEmpty() || point[0] > kept.get(kept.size() - 1)[0]) {
        kept.add(point);
      }
    }
    ofRange.clear();
    extremes = new Extremes[curves];
    for (int curve = 0; curve < curves; curve++) {
      extremes[curve] = new Extremes();
    }
  }

  /**
   * The points that are kept, in ascending order of x: x, then the value of each curve. No more
   * points can be added afterwards.
   */
  public List<double[]> points() {
    endRange();
    return List.copyOf(kept);
  }
}
