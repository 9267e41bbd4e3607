package explr.ledger;

import static explr.experiment.Curve.EXPONENTIAL;
import static explr.experiment.Curve.STEP_DECAY;
import static explr.experiment.PaperFigure.FIGURE_1;
import static explr.experiment.PaperFigure.FIGURE_2;
import static explr.ledger.Quantity.LOG_ANGLE;
import static explr.ledger.Quantity.LOG_QUOTIENT;
import static explr.ledger.Quantity.LOG_RATE;
import static explr.ledger.Quantity.LOG_SQUARED_NORM;
import static explr.ledger.Quantity.TEST_ACCURACY;
import static explr.ledger.Quantity.TRAIN_ACCURACY;

import explr.experiment.PaperFigure;
import java.util.List;
import java.util.Optional;

/**
 * Numbers that the paper shows at its own setting, and claims of its text that no figure's runs can
 * decide.
 *
 * <p>A number read off a plot is good to half a point of accuracy, or a factor of 1.26; that of
 * another network, started from another seed, may differ by as much again.
 */
final class NumberClaims {

  private NumberClaims() {}

  static List<PaperClaim> figure1() {
    Span late = Span.run().lastQuarter();
    Span end = Span.run().end();
    return List.of(
        number(
            FIGURE_1,
            "rate",
            "The learning rate reaches 10^26.",
            "Figure 1, right",
            new Measure.Level(EXPONENTIAL, LOG_RATE, end),
            Threshold.atLeast(26, Unit.POWERS_OF_TEN)),
        number(
            FIGURE_1,
            "norm",
            "‖w‖² reaches 10^28.7.",
            "Figure 1, right, read off the plot",
            new Measure.Level(EXPONENTIAL, LOG_SQUARED_NORM, end),
            Threshold.near(28.7, 0.5, Unit.POWERS_OF_TEN)),
        number(
            FIGURE_1,
            "quotient",
            "‖w‖²/η stays near 400.",
            "Figure 1, right, read off the plot",
            new Measure.Level(EXPONENTIAL, LOG_QUOTIENT, late),
            Threshold.near(Math.log10(400), 0.2, Unit.POWERS_OF_TEN)),
        number(
            FIGURE_1,
            "training-accuracy",
            "Training accuracy ends near 90.4 %.",
            "Figure 1, left, read off the plot",
            new Measure.Level(EXPONENTIAL, TRAIN_ACCURACY, late),
            Threshold.near(0.904, 0.01, Unit.PERCENT)),
        number(
            FIGURE_1,
            "test-accuracy",
            "Test accuracy ends between 88.5 and 89.5 %.",
            "Figure 1, left, read off the plot",
            new Measure.Level(EXPONENTIAL, TEST_ACCURACY, late),
            Threshold.near(0.89, 0.015, Unit.PERCENT)));
  }

  private static PaperClaim number(
      PaperFigure figure,
      String name,
      String statement,
      String source,
      Measure measure,
      Threshold threshold) {
    return PaperClaim.of(figure, name, statement, source, measure, threshold, Need.PAPER);
  }

  /** The paper names no width; a PreResNet-32 of width 1 is not known to reach its accuracies. */
  static List<PaperClaim> figure2() {
    return List.of(
        accuracy(
            Span.phase(1).secondHalf(),
            0.88,
            0.02,
            "In the first phase test accuracy is near 88 %."),
        accuracy(Span.phase(2).early(), 0.94, 0.01, "Early in the second phase it is near 94 %."),
        accuracy(Span.phase(3).secondHalf(), 0.949, 0.005, "In the third phase it is near 94.9 %."),
        angle(1, 0.37, "The first phase ends with an angle near .37."),
        angle(2, 0.13, "The second phase ends with an angle near .13."),
        angle(3, 0.005, "The third phase ends with an angle near .005."));
  }

  private static PaperClaim accuracy(Span span, double value, double tolerance, String statement) {
    return PaperClaim.of(
        FIGURE_2,
        "accuracy-" + span.phase(),
        statement,
        "Figure 2, left, read off the plot",
        new Measure.Level(STEP_DECAY, TEST_ACCURACY, span),
        Threshold.near(value, tolerance, Unit.PERCENT),
        Need.PAPER_WIDE);
  }

  private static PaperClaim angle(int phase, double value, String statement) {
    return number(
        FIGURE_2,
        "angle-" + phase,
        statement,
        "Figure 2, right, read off the plot",
        new Measure.Level(STEP_DECAY, LOG_ANGLE, Span.phase(phase).lastQuarter()),
        Threshold.near(Math.log10(value), 0.1, Unit.POWERS_OF_TEN));
  }

  static List<PaperClaim> text() {
    return List.of(
        untried(
            "correction",
            "Leaving the correction of the momentum buffer out changes accuracy but little.",
            "Section 2.3, before Theorem 2.12",
            "all curves without weight decay are trained with the correction",
            Tolerance.SAME_ACCURACY),
        untried(
            "correction-cosine",
            "With a cosine the corrections of the momentum buffer cannot be left out.",
            "Section 4.2",
            "all curves without weight decay are trained with the corrections",
            Tolerance.LESS_ACCURATE),
        untried(
            "affine",
            "Fixing scale and bias of the normalisation costs no accuracy worth mention.",
            "Appendix E.2",
            "no curve trains scale and bias",
            Tolerance.SAME_ACCURACY),
        untried(
            "last-layer",
            "Fixing the last linear layer at its random start costs no accuracy.",
            "Section 1, after Hoffer et al. (2018b); Appendix E",
            "no curve trains the last layer",
            Tolerance.SAME_ACCURACY),
        untried(
            "shortcut",
            "A normalisation added to each shortcut that downsamples changes accuracy but little.",
            "Appendix E.2 and E.3",
            "no curve trains without it",
            Tolerance.SAME_ACCURACY),
        untried(
            "affine-range",
            "Trained scales and biases grow, at times beyond the range of 32-bit numbers.",
            "Section 4, Settings",
            "no curve trains scale and bias",
            Threshold.atLeast(Math.log10(Float.MAX_VALUE), Unit.POWERS_OF_TEN)));
  }

  private static PaperClaim untried(
      String name, String statement, String source, String missing, Threshold threshold) {
    return new PaperClaim(
        "text." + name,
        Optional.empty(),
        statement,
        source,
        new Measure.None(missing),
        threshold,
        Need.NOTHING,
        false);
  }
}
