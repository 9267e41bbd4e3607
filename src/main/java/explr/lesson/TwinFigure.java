package explr.lesson;

import explr.conversion.TexpPlusPlus;
import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.schedule.Epochs;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Recipes with weight decay on the left, their equivalents without it, by TEXP++, on the right:
 * learning rates on logarithmic axes.
 */
public final class TwinFigure {

  private static final int POINTS = 500;

  private final Epochs epochs;
  private final List<Line> given;
  private final List<Line> twins;

  private TwinFigure(Epochs epochs, List<Line> given, List<Line> twins) {
    this.epochs = epochs;
    this.given = given;
    this.twins = twins;
  }

  /** A figure without curves, by epochs of this length. */
  public static TwinFigure by(Epochs epochs) {
    return new TwinFigure(epochs, List.of(), List.of());
  }

  /**
   * The same figure with another recipe.
   *
   * @throws IllegalArgumentException if it has as many as there are colours
   */
  public TwinFigure recipe(String name, Recipe recipe) {
    Color color = Palette.next(given);
    List<Line> moreGiven = new ArrayList<>(given);
    moreGiven.add(rate(name, recipe, epochs, color));
    List<Line> moreTwins = new ArrayList<>(twins);
    moreTwins.add(rate(name, TexpPlusPlus.of(recipe), epochs, color));
    return new TwinFigure(epochs, moreGiven, moreTwins);
  }

  /** The figure. */
  public Figure figure(String title, String subtitle) {
    Axis across = Axis.count("epoch");
    Axis rate = Axis.powersOfTen("learning rate");
    return Plot.sideBySide(
            title,
            subtitle,
            List.of(
                Panel.of("With weight decay", across, rate, given),
                Panel.of("The same training without", across, rate, twins)))
        .described(
            "Each curve on the right trains the same networks as that of its colour on the left.",
            "Two line charts of learning rates against the epoch on logarithmic axes. Left: rates"
                + " of recipes with weight decay. Right: the rates of their equivalents without"
                + " it.")
        .figure();
  }

  /** log10 of the rate of a run against its epochs; a rate of 0 leaves a gap. */
  public static Line rate(String name, Rates rates, Epochs epochs, Color color) {
    long last = rates.iterations() - 1;
    int points = Math.toIntExact(Math.min(POINTS, last + 1));
    double[] x = new double[points];
    double[] y = new double[points];
    for (int i = 0; i < points; i++) {
      long iteration = points == 1 ? 0 : Math.round((double) last * i / (points - 1));
      x[i] = (double) iteration / epochs.iterationsEach();
      double log10 = rates.logLearningRate(iteration) / Math.log(10);
      y[i] = Double.isFinite(log10) ? log10 : Double.NaN;
    }
    return Line.of(name, x, y, color);
  }
}
