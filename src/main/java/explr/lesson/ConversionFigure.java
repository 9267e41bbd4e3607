package explr.lesson;

import explr.conversion.Conversion;
import explr.conversion.TwinStep;
import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.figure.Thinning;
import explr.format.ConvertedRecipe;
import explr.schedule.Recipe;
import explr.text.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A recipe and its conversion: both learning rates, the growth of rate and weights, where float32
 * ends, and the assumptions.
 *
 * <pre>{@code
 * var recipe = RecipeFile.read(path, System.err::println);
 * ConversionFigure.of(ConvertedRecipe.of(recipe, Conversion.TEXP_PLUS_PLUS))
 * }</pre>
 *
 * <p>Memory does not grow with the length of the run. {@link Thinning} describes which points of a
 * long run are drawn.
 */
public final class ConversionFigure {

  private static final double LN_10 = Math.log(10);
  private static final double LOG10_LARGEST_FLOAT = Math.log10(Float.MAX_VALUE);

  /** If there are more corrections of the buffer, they are counted but not drawn. */
  private static final int MOST_CORRECTIONS = 100;

  /** Axes over fewer decades are labelled with numbers, others with powers of ten. */
  private static final double FEW_DECADES = 6;

  // The values of a point, after its iteration.
  private static final int GIVEN = 1;
  private static final int CONVERTED = 2;
  private static final int RATE_GROWTH = 3;
  private static final int WEIGHT_GROWTH = 4;

  private final ConvertedRecipe converted;
  private final Recipe recipe;
  private final int degree;
  private final Thinning thinning;
  private final List<Line.Point> corrections = new ArrayList<>();
  private final Extent decay = new Extent();
  private final Extent momentum = new Extent();
  private final Extent ownMomentum = new Extent();
  private long correctionCount;
  private OptionalLong squaresLeaveFloat32 = OptionalLong.empty();
  private double growthOfWeights;

  private ConversionFigure(ConvertedRecipe converted) {
    this.converted = converted;
    this.recipe = converted.source().recipe();
    this.degree = converted.source().optimizer().stepDegree();
    this.thinning = new Thinning(recipe.iterations(), WEIGHT_GROWTH);
    converted.conversion().forEach(recipe, converted.source().optimizer(), this::add);
  }

  /**
   * The figure of a conversion.
   *
   * @throws IllegalArgumentException for {@link Conversion#WITH_DECAY}
   */
  public static Figure of(ConvertedRecipe converted) {
    if (converted.conversion() == Conversion.WITH_DECAY) {
      throw new IllegalArgumentException(
          "a figure shows a run without decay, and with-decay converts to one with it; write csv or"
              + " json");
    }
    return new ConversionFigure(converted).figure();
  }

  private void add(TwinStep step) {
    long t = step.iteration();
    double rate = step.logLearningRate() / LN_10;
    thinning.add(
        t,
        recipe.logLearningRate(t) / LN_10,
        rate,
        (step.logScaleAfter() - degree * step.logScale()) / LN_10,
        step.logScale() / LN_10);
    if (step.correction() != 0) {
      correctionCount++;
      if (correctionCount <= MOST_CORRECTIONS) {
        corrections.add(new Line.Point(t, rate, rate, rate));
      }
    }
    if (squaresLeaveFloat32.isEmpty() && 2 * step.logScale() / LN_10 > LOG10_LARGEST_FLOAT) {
      squaresLeaveFloat32 = OptionalLong.of(t);
    }
    growthOfWeights = step.logScaleAfter() / LN_10;
    decay.add(recipe.weightDecay(t));
    momentum.add(recipe.momentum(t));
    ownMomentum.add(step.momentum());
  }

  private Figure figure() {
    List<double[]> points = thinning.points();
    ConversionNotes notes =
        new ConversionNotes(converted, momentum, ownMomentum, correctionCount, squaresLeaveFloat32);
    return new Plot(
            "Learning rate with and without weight decay",
            "weight decay " + decay + ", momentum " + momentum + ", " + length(),
            List.of(List.of(rates(points), growth(points))),
            caption(points),
            "Two line charts over the iterations, on logarithmic axes. Above: the learning rate of"
                + " the given recipe, with weight decay, and that of the converted one, without."
                + " Below: by what factor the converted rate and the weights have grown.")
        .noted(notes.lines())
        .figure();
  }

  private Panel rates(List<double[]> points) {
    List<Line> lines = new ArrayList<>();
    lines.add(line("given, with weight decay", points, GIVEN, Color.BLUE));
    if (converted.conversion() == Conversion.TEXP_MINUS_MINUS) {
      double constant = recipe.logLearningRate(0) / LN_10;
      lines.add(
          level("what it equals: the first rate, a smaller decay", points, constant)
              .dashed(Dash.DASH));
    }
    lines.add(line("converted, without", points, CONVERTED, Color.VERMILLION));
    if (!corrections.isEmpty() && correctionCount <= MOST_CORRECTIONS) {
      lines.add(
          Line.of("correction of the momentum buffer", corrections, 1, Color.PURPLE)
              .dashed(Dash.POINTS));
    }
    OptionalLong leaves = converted.leavesFloat32();
    if (leaves.isPresent()) {
      lines.add(level("largest number of float32", points, LOG10_LARGEST_FLOAT).dashed(Dash.DOT));
    }
    Panel panel = panel("Learning rate", "learning rate", lines).share(1.5);
    return leaves.isPresent() ? mark(panel, leaves.getAsLong(), "the rate leaves float32") : panel;
  }

  private Panel growth(List<double[]> points) {
    List<Line> lines = new ArrayList<>();
    lines.add(line("learning rate", points, RATE_GROWTH, Color.VERMILLION));
    // If the optimizer's step does not shrink with the gradient, the rate grows by P too.
    lines.add(line("weights (P)", points, WEIGHT_GROWTH, Color.GREEN).dashed(Dash.DASH));
    Panel panel = panel("Growth", "factor", lines);
    return squaresLeaveFloat32.isPresent()
        ? mark(panel, squaresLeaveFloat32.getAsLong(), "P² leaves float32")
        : panel;
  }

  private Panel mark(Panel panel, long iteration, String event) {
    String text = event + " at iteration " + iteration;
    return iteration > recipe.iterations() / 2
        ? panel.markWithTextBefore(iteration, text + " ")
        : panel.mark(iteration, " " + text);
  }

  private Panel panel(String title, String quantity, List<Line> lines) {
    Extent extent = new Extent();
    lines.stream()
        .flatMap(line -> line.points().stream())
        .map(Line.Point::mean)
        .filter(Double::isFinite)
        .forEach(extent::add);
    Axis vertical = extent.width() < FEW_DECADES ? Axis.log(quantity) : Axis.powersOfTen(quantity);
    return Panel.of(title, across(), vertical, lines);
  }

  /** From the first to the last iteration; points at its ends would widen it. */
  private Axis across() {
    Axis across = Axis.count("iteration");
    long last = recipe.iterations() - 1;
    return last == 0 ? across : across.between(0, last);
  }

  private static Line line(String name, List<double[]> points, int value, Color color) {
    return Line.of(
        name,
        points.stream().mapToDouble(point -> point[0]).toArray(),
        points.stream().mapToDouble(point -> finiteOrGap(point[value])).toArray(),
        color);
  }

  /** A rate of 0, whose logarithm is −∞, is a gap. */
  private static double finiteOrGap(double log10) {
    return Double.isFinite(log10) ? log10 : Double.NaN;
  }

  private static Line level(String name, List<double[]> points, double log10) {
    double[] ends = {points.get(0)[0], points.get(points.size() - 1)[0]};
    return Line.of(name, ends, new double[] {log10, log10}, Color.GRAY);
  }

  private String length() {
    long iterations = recipe.iterations();
    String epochs =
        converted
            .source()
            .epochs()
            .map(epoch -> (double) iterations / epoch.iterationsEach())
            .map(number -> " (" + Numbers.rounded(number, 1) + " epochs)")
            .orElse("");
    return iterations + (iterations == 1 ? " iteration" : " iterations") + epochs;
  }

  private String caption(List<double[]> points) {
    return "Without weight decay the learning rate goes from "
        + Numbers.powerOfTen(points.get(0)[CONVERTED])
        + " to "
        + Numbers.powerOfTen(points.get(points.size() - 1)[CONVERTED])
        + "; at the end the weights are "
        + Numbers.powerOfTen(growthOfWeights)
        + " times those of the equivalent run with weight decay.";
  }

  /** The smallest and the largest of some numbers. */
  static final class Extent {
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    void add(double value) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }

    double width() {
      return high - low;
    }

    boolean isOf(Extent other) {
      return low == other.low && high == other.high;
    }

    /** {@code 5e-4}, or {@code 0 to 5e-4}. */
    @Override
    public String toString() {
      String from = Numbers.literal(low, 6);
      return low == high ? from : from + " to " + Numbers.literal(high, 6);
    }
  }
}
