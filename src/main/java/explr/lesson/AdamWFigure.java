package explr.lesson;

import explr.conversion.SmallerBetas;
import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.text.Numbers;
import explr.theory.OptimizerEquilibrium;
import explr.theory.Trajectory;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongToDoubleFunction;

/**
 * AdamW on the left, and on the right the Adam without weight decay that trains the same network:
 * rate and norm above, the angle per step below.
 */
public final class AdamWFigure {

  /** Iterations over which an angle is averaged, because single steps are noisy. */
  private static final int STRETCH = 50;

  /** Points of a curve of rates or norms, few because a page may hold a figure for each setting. */
  private static final int POINTS = 100;

  private static final double LN_10 = Math.log(10);

  private final SmallerBetas adam;
  private final Trajectory decayed;
  private final Trajectory growing;

  private AdamWFigure(SmallerBetas adam, Trajectory decayed, Trajectory growing) {
    this.adam = adam;
    this.decayed = decayed;
    this.growing = growing;
  }

  /**
   * Draws both runs.
   *
   * @param adam the hyperparameters of both runs; at least 100 iterations
   * @param decayed the run of AdamW
   * @param growing the run of Adam without decay
   */
  public static Figure of(SmallerBetas adam, Trajectory decayed, Trajectory growing) {
    long steps = adam.iterations();
    if (steps < 2 * STRETCH
        || decayed.states().size() != steps + 1
        || growing.states().size() != steps + 1) {
      throw new IllegalArgumentException(
          "both runs need %d iterations, which must be at least %d; they have %d and %d"
              .formatted(
                  steps, 2 * STRETCH, decayed.states().size() - 1, growing.states().size() - 1));
    }
    return new AdamWFigure(adam, decayed, growing).figure();
  }

  private Figure figure() {
    Rates rates = adam.original();
    Line rate = rate(rates::logLearningRate);
    Line twinRate = rate(adam::logLearningRateWithBiasCorrection);
    Line norm = norm(decayed);
    Line twinNorm = norm(growing);
    Axis sizes = holding(Axis.log("rate, norm"), rate, twinRate, norm, twinNorm);
    Line angle = angle(decayed, Color.BLUE);
    Line twinAngle = angle(growing, Color.VERMILLION);
    Line predicted = predicted();
    Axis angles = holding(Axis.log("angle (radians)"), angle, twinAngle, predicted);
    double distance = Series.of(decayed.distances(growing)).largest();
    return new Plot(
            "AdamW, and Adam without weight decay",
            "η = %s, λ = %s, β₁ = %s, β₂ = %s; angles averaged over %d steps"
                .formatted(
                    number(rates.learningRate(0)),
                    number(rates.weightDecay(0)),
                    number(rates.momentum(0)),
                    number(beta2()),
                    STRETCH),
            List.of(
                List.of(
                    panel("With weight decay", sizes, rate, norm),
                    panel("Angle of one step", angles, angle, predicted)),
                List.of(
                    panel("Without, at a growing rate", sizes, twinRate, twinNorm),
                    panel("Angle of one step", angles, twinAngle, predicted))),
            "The norms of the weights differ by a factor of up to %s, their directions by %s at most."
                .formatted(
                    Numbers.powerOfTen(adam.logScale(adam.iterations()) / LN_10),
                    Numbers.significant(distance, 2)),
            "Four line charts with logarithmic axes. Upper left: a constant learning rate and a norm"
                + " that settles. Upper right: a learning rate and a norm that grow exponentially."
                + " Below each the same curve of angles per step, which approaches a dashed line at "
                + Numbers.significant(equilibrium().anglePerStep(), 3)
                + ".")
        .figure()
        .reading(readings());
  }

  private List<List<String>> readings() {
    Rates rates = adam.original();
    return List.of(
        List.of("", "AdamW", "Adam without decay"),
        List.of("β₁", number(rates.momentum(0)), number(adam.beta1())),
        List.of("β₂", number(beta2()), number(adam.beta2())),
        List.of("growth of the rate per step", "1", Numbers.fixed(Math.exp(adam.logScale(1)), 6)),
        List.of(
            "rate of the last step",
            number(rates.learningRate(0)),
            Numbers.powerOfTen(
                adam.logLearningRateWithBiasCorrection(adam.iterations() - 1) / LN_10)),
        List.of("norm at the end", power(decayed), power(growing)),
        List.of("angle per step, last quarter", late(decayed), late(growing)),
        List.of(
            "angle predicted for equilibrium",
            number(equilibrium().anglePerStep()),
            number(equilibrium().anglePerStep())),
        List.of(
            "steps in which |θ|² relaxes by a factor e, 1/(2ηλ)",
            number(equilibrium().relaxation()),
            ""));
  }

  private OptimizerEquilibrium equilibrium() {
    Rates rates = adam.original();
    return new OptimizerEquilibrium(
        adam.optimizer(), rates.learningRate(0), rates.weightDecay(0), rates.momentum(0));
  }

  private double beta2() {
    return Optimizer.beta2(adam.optimizer().beta2(), 0);
  }

  private static String number(double value) {
    return Numbers.significant(value, 6);
  }

  private static String power(Trajectory run) {
    return Numbers.powerOfTen(Math.log10(run.last().norm()));
  }

  private static String late(Trajectory run) {
    return number(rootMeanSquare(Series.of(run.angles()).from(3 * run.angles().length / 4)));
  }

  private static double rootMeanSquare(Series angles) {
    return Math.sqrt(angles.map(a -> a * a).mean());
  }

  private static Panel panel(String title, Axis vertical, Line... curves) {
    return Panel.of(title, Axis.count("iteration"), vertical, List.of(curves));
  }

  /** A logarithmic axis that holds all these curves. */
  private static Axis holding(Axis axis, Line... curves) {
    DoubleSummaryStatistics all =
        Arrays.stream(curves)
            .flatMap(curve -> curve.points().stream())
            .mapToDouble(Line.Point::mean)
            .summaryStatistics();
    double margin = 0.05 * (all.getMax() - all.getMin()) + 0.05;
    return axis.between(all.getMin() - margin, all.getMax() + margin);
  }

  /** log10 of a rate that is given by its logarithm. */
  private Line rate(LongToDoubleFunction logRate) {
    int last = Math.toIntExact(adam.iterations() - 1);
    return sampled("learning rate", last, t -> logRate.applyAsDouble(t) / LN_10, Color.ORANGE);
  }

  private static Line norm(Trajectory run) {
    return sampled(
        "norm of the weights",
        run.states().size() - 1,
        t -> Math.log10(run.states().get(t).norm()),
        Color.GREEN);
  }

  private static Line sampled(String name, int last, IntToDoubleFunction value, Color color) {
    double[] x = new double[POINTS + 1];
    Arrays.setAll(x, i -> Math.round((double) last * i / POINTS));
    double[] y = Arrays.stream(x).map(t -> value.applyAsDouble((int) t)).toArray();
    return Line.of(name, x, y, color);
  }

  private static Line angle(Trajectory run, Color color) {
    double[] angles = run.angles();
    double[] means = new double[angles.length / STRETCH];
    Arrays.setAll(
        means,
        i -> rootMeanSquare(Series.of(Arrays.copyOfRange(angles, i * STRETCH, (i + 1) * STRETCH))));
    return Series.of(means).logLine("measured", color, STRETCH);
  }

  private Line predicted() {
    double y = Math.log10(equilibrium().anglePerStep());
    double[] ends = {0, adam.iterations()};
    return Line.of("equilibrium", ends, new double[] {y, y}, Color.GRAY).dashed(Dash.DASH);
  }
}
