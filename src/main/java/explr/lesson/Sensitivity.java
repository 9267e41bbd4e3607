package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.text.Numbers;
import explr.theory.Separation;
import java.util.Arrays;
import java.util.List;

/**
 * The late training error of Section 3's normalised example as a function of the learning rate, for
 * two parametrisations of weight decay: θ ← (1 − λη)θ − η∇L, and θ ← (1 − λ_new)θ − η∇L.
 */
public final class Sensitivity {

  private final double[] factors;
  private final Series usual;
  private final Series perStep;

  private Sensitivity(double[] factors, Series usual, Series perStep) {
    this.factors = factors;
    this.usual = usual;
    this.perStep = perStep;
  }

  /**
   * Trains both parametrisations for each factor.
   *
   * @param example with normalisation and decay, to which both parametrisations reduce at factor 1
   * @param steps of each run; the error is averaged over its last third
   * @param seed of weights and batches in all runs
   * @param factors on η, ascending; λ, or else λ_new = λη, is kept
   */
  public static Sensitivity of(Separation example, int steps, long seed, double... factors) {
    double[] usual = new double[factors.length];
    double[] perStep = new double[factors.length];
    for (int i = 0; i < factors.length; i++) {
      usual[i] = late(with(example, factors[i], 1), steps, seed);
      perStep[i] = late(with(example, factors[i], 1 / factors[i]), steps, seed);
    }
    return new Sensitivity(factors.clone(), Series.of(usual), Series.of(perStep));
  }

  private static Separation with(Separation example, double rate, double decay) {
    return new Separation(
        example.dimension(),
        example.batchSize(),
        rate * example.learningRate(),
        decay * example.weightDecay(),
        example.normalized());
  }

  private static double late(Separation example, int steps, long seed) {
    double[] errors = example.errors(steps, seed);
    return Arrays.stream(errors, steps - steps / 3, steps).average().orElseThrow();
  }

  /** The late errors where λ is kept, one for each factor. */
  public Series usual() {
    return usual;
  }

  /** The late errors where λ_new is kept, one for each factor. */
  public Series perStep() {
    return perStep;
  }

  /** Both errors against the factor, on logarithmic axes. */
  public Figure figure() {
    String ends =
        ("From %s to %s times the learning rate the error goes %s with λ kept, and %s with λ_new"
                + " kept.")
            .formatted(
                Numbers.significant(factors[0], 3),
                Numbers.significant(factors[factors.length - 1], 3),
                span(usual),
                span(perStep));
    return Plot.sideBySide(
            "Sensitivity to the learning rate",
            "Section 3's example with normalisation and decay; mean error at the end",
            List.of(
                Panel.of(
                    "Late training error",
                    Axis.count("doublings of the learning rate"),
                    Axis.log("training error"),
                    List.of(
                        line("λ kept", usual, Color.BLUE),
                        line("λ_new = λη kept", perStep, Color.VERMILLION)))))
        .described(
            ends,
            "A line chart with logarithmic axes of the late training error against the factor on"
                + " the learning rate, with a line for each of two parametrisations. "
                + ends)
        .figure();
  }

  private static String span(Series errors) {
    return "from %s to %s"
        .formatted(Numbers.significant(errors.at(0), 3), Numbers.significant(errors.last(), 3));
  }

  private Line line(String name, Series errors, Color color) {
    double[] x = Arrays.stream(factors).map(factor -> Math.log(factor) / Math.log(2)).toArray();
    double[] y = new double[x.length];
    Arrays.setAll(y, i -> Math.log10(errors.at(i)));
    return Line.of(name, x, y, color);
  }
}
