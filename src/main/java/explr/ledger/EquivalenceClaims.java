package explr.ledger;

import static explr.experiment.Curve.COSINE;
import static explr.experiment.Curve.COSINE_TEXP;
import static explr.experiment.Curve.DECAY_PER_PHASE;
import static explr.experiment.Curve.EXPONENTIAL;
import static explr.experiment.Curve.STEP_DECAY;
import static explr.experiment.Curve.TEXP;
import static explr.experiment.Curve.TEXP_MINUS_MINUS;
import static explr.experiment.Curve.WEIGHT_DECAY;
import static explr.experiment.PaperFigure.FIGURE_1;
import static explr.experiment.PaperFigure.FIGURE_2;
import static explr.experiment.PaperFigure.FIGURE_5;
import static explr.experiment.PaperFigure.FIGURE_6;
import static explr.ledger.Quantity.LOG_ANGLE;
import static explr.ledger.Quantity.LOG_QUOTIENT;
import static explr.ledger.Quantity.TEST_ACCURACY;
import static explr.ledger.Quantity.TRAIN_ACCURACY;

import explr.experiment.Curve;
import explr.experiment.PaperFigure;
import java.util.ArrayList;
import java.util.List;

/** That runs which are equal in theory behave alike: Figures 1, 2, 5 and 6. */
final class EquivalenceClaims {

  private static final String[] ORDINALS = {"first", "second", "third"};

  private EquivalenceClaims() {}

  static List<PaperClaim> figure1() {
    String source = "Theorem 2.9, in Figure 1's setting";
    Span late = Span.run().lastQuarter();
    return List.of(
        PaperClaim.of(
            FIGURE_1,
            "same-training-accuracy",
            "Without weight decay, at an exponential rate, the network fits its training images as"
                + " well as with decay at a constant rate.",
            source,
            new Measure.Difference(EXPONENTIAL, WEIGHT_DECAY, TRAIN_ACCURACY, late),
            Tolerance.SAME_ACCURACY,
            Need.GROWTH),
        PaperClaim.of(
            FIGURE_1,
            "same-test-accuracy",
            "Without weight decay, at an exponential rate, it classifies test images as well as with"
                + " decay.",
            source,
            new Measure.Difference(EXPONENTIAL, WEIGHT_DECAY, TEST_ACCURACY, late),
            Tolerance.SAME_ACCURACY,
            Need.GROWTH),
        PaperClaim.of(
            FIGURE_1,
            "same-quotient",
            "‖w‖²/η of the exponential run is that of the run with decay.",
            "Figure 1, caption: the proof's reason for the constant quotient",
            new Measure.Difference(EXPONENTIAL, WEIGHT_DECAY, LOG_QUOTIENT, late),
            Tolerance.SAME_QUOTIENT,
            Need.GROWTH));
  }

  static List<PaperClaim> figure2() {
    return fromPhase(1, FIGURE_2, TEXP, STEP_DECAY, "Figure 2 and its caption; Theorem 2.12");
  }

  /** Its first phase is Figure 2's: the same two runs. */
  static List<PaperClaim> figure6() {
    return fromPhase(
        2,
        FIGURE_6,
        TEXP_MINUS_MINUS,
        DECAY_PER_PHASE,
        "Figure 6, caption; Section 4.1; Theorem B.2");
  }

  /** Equal networks have equal accuracies and angles, in the second half of each phase. */
  private static List<PaperClaim> fromPhase(
      int first, PaperFigure figure, Curve twin, Curve original, String source) {
    List<PaperClaim> claims = new ArrayList<>();
    for (int phase = first; phase <= 3; phase++) {
      Span settled = Span.phase(phase).secondHalf();
      String of = "In the %s phase, ".formatted(ORDINALS[phase - 1]);
      claims.add(
          PaperClaim.of(
              figure,
              "same-accuracy-" + phase,
              of + twin.called() + " is as accurate on test images as " + original.called() + ".",
              source,
              new Measure.Difference(twin, original, TEST_ACCURACY, settled),
              Tolerance.SAME_ACCURACY,
              Need.GROWTH_AND_PHASES));
      claims.add(
          PaperClaim.of(
              figure,
              "same-angle-" + phase,
              of
                  + twin.called()
                  + " turns the weights as far in a period as "
                  + original.called()
                  + ".",
              source,
              new Measure.Difference(twin, original, LOG_ANGLE, settled),
              Tolerance.SAME_ANGLE,
              Need.GROWTH_AND_PHASES));
    }
    return claims;
  }

  static List<PaperClaim> figure5() {
    String source = "Figure 5, caption; Section 4.2";
    List<PaperClaim> claims = new ArrayList<>();
    claims.addAll(pair(COSINE_TEXP, COSINE, source));
    claims.addAll(pair(TEXP, STEP_DECAY, source));
    return claims;
  }

  private static List<PaperClaim> pair(Curve twin, Curve original, String source) {
    Span middle = Span.run().thirdQuarter();
    Span late = Span.run().lastQuarter();
    return List.of(
        PaperClaim.of(
            FIGURE_5,
            "same-accuracy-midway-" + original,
            "In the third quarter TEXP of %s is as accurate as %s."
                .formatted(original.called(), original.called()),
            source,
            new Measure.Difference(twin, original, TEST_ACCURACY, middle),
            Tolerance.SAME_ACCURACY,
            Need.GROWTH),
        PaperClaim.of(
            FIGURE_5,
            "same-accuracy-late-" + original,
            "In the last quarter TEXP of %s is as accurate as %s."
                .formatted(original.called(), original.called()),
            source,
            new Measure.Difference(twin, original, TEST_ACCURACY, late),
            Tolerance.SAME_ACCURACY,
            Need.GROWTH));
  }
}
