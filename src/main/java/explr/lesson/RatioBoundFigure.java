package explr.lesson;

import explr.conversion.GrowthRatio;
import explr.conversion.Twin;
import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.lesson.RatioBound.Comparison;
import explr.lesson.RatioBound.Phase;
import explr.schedule.Epochs;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;

/**
 * TEXP and TEXP++ of a recipe. Left: their rates and the difference of these. Right: the distance
 * of their growth ratio from 1 after the start of a phase, with the bounds and divided by them.
 *
 * <p>{@code ratio-bound-figure.js} redraws this figure in a page: it finds the curves by their
 * names, and replaces their points and the numbers under the figure.
 */
final class RatioBoundFigure {

  /** Below this distance, as a natural logarithm, the two growths count as equal in the figure. */
  private static final double FLOOR = -16 * Math.log(10);

  /** Number of evenly spaced points of a curve by epoch, in addition to the ends of the phases. */
  private static final long EVEN = 150;

  /** With more phases, each is a few pixels wide, and its ends suffice. */
  private static final int MOST_DETAILED = 10;

  /** The least number of iterations shown after the start of a phase. */
  private static final long FEWEST_AFTER = 10;

  private final RatioBound numbers;
  private final Epochs epochs;

  private RatioBoundFigure(RatioBound numbers, Epochs epochs) {
    this.numbers = numbers;
    this.epochs = epochs;
  }

  static Figure of(RatioBound numbers, Epochs epochs) {
    return new RatioBoundFigure(numbers, epochs).figure();
  }

  private Figure figure() {
    return new Plot(
            "TEXP against TEXP++",
            "", // a subtitle would be laid out again at every move
            List.of(byEpoch(), afterStart()),
            "Lower right: above 1 the bound is broken. Growth is that of the rate from one iteration"
                + " to the next; its ratio is TEXP++ over TEXP.",
            "Four line charts. Left: both learning rates against the epoch, on a logarithmic axis,"
                + " and the logarithm of their ratio. Right: how far the ratio of their growths is"
                + " from 1 against the iterations since a phase began, with two bounds that fall"
                + " geometrically, and the same divided by each bound.")
        .forRedrawing()
        .figure()
        .reading(RatioBoundReadout.of(numbers));
  }

  private List<Panel> byEpoch() {
    Axis epoch = Axis.count("epoch").between(0, numbers.recipe().iterations() / each());
    List<Line> ratio =
        List.of(
            byEpoch(
                "TEXP++ over TEXP",
                Color.GREEN,
                comparable(t -> comparison().ratio().logRateRatio(t))));
    return List.of(
        Panel.of("Learning rate", epoch, around(Axis.powersOfTen(""), rates()), rates()),
        Panel.of(
            "ln (rate of TEXP++ / rate of TEXP)", epoch, around(Axis.linear(""), ratio), ratio));
  }

  private List<Panel> afterStart() {
    long[] after = after();
    Axis across =
        Axis.log("iterations after the start of a phase")
            .between(0, Math.log10(after[after.length - 1]));
    return List.of(
        Panel.of(
            "|growth ratio − 1| and its bounds",
            across,
            Axis.powersOfTen("").between(-16, 0.5),
            distances(after)),
        Panel.of(
            "The same as a part of each bound",
            across,
            Axis.linear("").between(0, 1.4),
            parts(after)));
  }

  /** An axis that spans some curves with a margin. */
  private static Axis around(Axis axis, List<Line> curves) {
    DoubleSummaryStatistics values =
        curves.stream()
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Line.Point::mean)
            .filter(Double::isFinite)
            .summaryStatistics();
    if (values.getCount() == 0) {
      return axis.between(0, 1);
    }
    double more = Math.max(0.001, 0.05 * (values.getMax() - values.getMin()));
    return axis.between(values.getMin() - more, values.getMax() + more);
  }

  private double each() {
    return epochs.iterationsEach();
  }

  private Comparison comparison() {
    return numbers.comparison().orElseThrow();
  }

  private List<Line> rates() {
    Twin texpPlusPlus = numbers.texpPlusPlus().orElse(null);
    return List.of(
        byEpoch("TEXP++", Color.VERMILLION, t -> texpPlusPlus.logLearningRate(t) / Math.log(10)),
        byEpoch(
                "TEXP",
                Color.BLUE,
                comparable(t -> comparison().texp().logLearningRate(t) / Math.log(10)))
            .dashed(Dash.DASH));
  }

  private Line byEpoch(String name, Color color, LongToDoubleFunction value) {
    long[] drawn = iterations(numbers.exists());
    double[] x = new double[drawn.length];
    double[] y = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      x[i] = drawn[i] / each();
      y[i] = value.applyAsDouble(drawn[i]);
    }
    return Line.of(name, x, y, color);
  }

  /**
   * The iterations at which curves by epoch have points: the ends of every phase, between which the
   * curves are monotonic, and more densely after its start, where they bend.
   */
  private long[] iterations(long until) {
    SortedSet<Long> drawn = new TreeSet<>();
    int phases = numbers.phases().size();
    long pieces = Math.max(1, EVEN / phases);
    for (Phase phase : numbers.phases()) {
      long last = Math.min(until, phase.end()) - 1 - phase.start();
      for (long i = 0; i <= pieces && last >= 0; i++) {
        drawn.add(phase.start() + i * last / pieces);
      }
      for (long s = 1; s <= last && phases <= MOST_DETAILED; s += 1 + s * phases / 8) {
        drawn.add(phase.start() + s);
      }
    }
    return drawn.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * The distances from the start of a phase at which curves have points, up to where they vanish.
   */
  private long[] after() {
    long longest = numbers.phases().stream().mapToLong(Phase::length).max().orElseThrow();
    long limit = numbers.comparison().map(c -> visible(c, longest - 1)).orElse(longest - 1);
    long last = Math.max(FEWEST_AFTER, limit);
    return LongStream.iterate(1, s -> s <= last, s -> s + 1 + s / 32).toArray();
  }

  private static long visible(Comparison comparison, long most) {
    double decades = comparison.bound().logCorrected(1) - FLOOR;
    double iterations = 1 + Math.floor(decades / -comparison.bound().logDecline());
    return (long) Math.min(iterations, most);
  }

  private List<Line> distances(long[] after) {
    List<Phase> phases = numbers.phases();
    return List.of(
        distance("phase 1", Color.GREEN, after, s -> largest(phases.subList(0, 1), s)),
        distance(
                "later phases",
                Color.PURPLE,
                after,
                s -> largest(phases.subList(1, phases.size()), s))
            .dashed(Dash.DOT),
        distance("exceeded", Color.VERMILLION, after, this::exceeded).dashed(Dash.POINTS),
        distance("printed", Color.BLUE, after, s -> comparison().bound().logPrinted(s))
            .dashed(Dash.DASH),
        distance("corrected", Color.GRAY, after, s -> comparison().bound().logCorrected(s))
            .dashed(Dash.DASH));
  }

  private Line distance(String name, Color color, long[] after, LongToDoubleFunction logarithm) {
    return curve(name, color, after, s -> logarithm.applyAsDouble(s) / Math.log(10));
  }

  private List<Line> parts(long[] after) {
    LongToDoubleFunction largest = s -> largest(numbers.phases(), s);
    return List.of(
        curve(
            "over the printed",
            Color.BLUE,
            after,
            s -> Math.exp(largest.applyAsDouble(s) - comparison().bound().logPrinted(s))),
        curve(
                "over the corrected",
                Color.GRAY,
                after,
                s -> Math.exp(largest.applyAsDouble(s) - comparison().bound().logCorrected(s)))
            .dashed(Dash.DASH),
        Line.of(
                "the bound",
                new double[] {1, after[after.length - 1]},
                new double[] {1, 1},
                Color.VERMILLION)
            .dashed(Dash.DOT)
            .unlisted());
  }

  /** A curve over the iterations after the start of a phase, with gaps at NaN. */
  private Line curve(String name, Color color, long[] after, LongToDoubleFunction value) {
    double[] x = LongStream.of(after).asDoubleStream().toArray();
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = comparable(value).applyAsDouble(after[i]);
    }
    return Line.of(name, x, y, color);
  }

  /** The value if TEXP exists, otherwise NaN, a gap. */
  private LongToDoubleFunction comparable(LongToDoubleFunction value) {
    return numbers.comparison().isEmpty() ? t -> Double.NaN : value;
  }

  /** ln of the largest |growth ratio − 1| s iterations after the start of some phases. */
  private double largest(List<Phase> phases, long s) {
    GrowthRatio ratio = comparison().ratio();
    return phases.stream()
        .filter(phase -> s < phase.length())
        .mapToDouble(phase -> ratio.logDistance(phase.start() + s))
        .max()
        .orElse(Double.NaN);
  }

  /** The largest distance where it exceeds the printed bound, otherwise NaN. */
  private double exceeded(long s) {
    double largest = largest(numbers.phases(), s);
    return largest > comparison().bound().logPrinted(s) ? largest : Double.NaN;
  }
}
