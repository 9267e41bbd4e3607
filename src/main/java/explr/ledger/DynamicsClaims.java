package explr.ledger;

import static explr.experiment.Curve.COSINE;
import static explr.experiment.Curve.COSINE_TEXP;
import static explr.experiment.Curve.EXPONENTIAL;
import static explr.experiment.Curve.EXPONENTIAL_DIVIDED;
import static explr.experiment.Curve.STEP_DECAY;
import static explr.experiment.Curve.TEXP;
import static explr.experiment.Curve.TEXP_MINUS_MINUS;
import static explr.experiment.Curve.WEIGHT_DECAY;
import static explr.experiment.PaperFigure.FIGURE_1;
import static explr.experiment.PaperFigure.FIGURE_2;
import static explr.experiment.PaperFigure.FIGURE_3;
import static explr.experiment.PaperFigure.FIGURE_4;
import static explr.experiment.PaperFigure.FIGURE_5;
import static explr.ledger.Quantity.LOG_ANGLE;
import static explr.ledger.Quantity.LOG_GROWTH;
import static explr.ledger.Quantity.LOG_QUOTIENT;
import static explr.ledger.Quantity.TEST_ACCURACY;

import explr.experiment.Curve;
import java.util.ArrayList;
import java.util.List;

/** What rates and their growth do to weights and accuracy: Figures 1 to 5. */
final class DynamicsClaims {

  /** A milestone turns angles down by half a power of ten or more; the paper shows 0.9 to 1.4. */
  private static final Threshold DROPS = Threshold.atMost(-0.5, Unit.POWERS_OF_TEN);

  /** A factor of 1.6, twice what counts as agreement; the paper shows .04 → .13, a factor of 3. */
  private static final Threshold RISES = Threshold.atLeast(0.2, Unit.POWERS_OF_TEN);

  /** To a tenth; the paper shows .13 → .005, a factor of 25. */
  private static final Threshold ENDS_SMALL = Threshold.atMost(-1, Unit.POWERS_OF_TEN);

  /** The paper shows 1.7 points at the second milestone. */
  private static final Threshold AGAIN_MORE_ACCURATE = Threshold.atLeast(0.01, Unit.POINTS);

  /** What an instant gain has left is less than what counts as a difference. */
  private static final Threshold GONE = Threshold.atMost(0.02, Unit.POINTS);

  /** A trajectory that is another has angles that differ by a factor of 2 on average. */
  private static final Threshold ANOTHER = Threshold.atLeast(0.3, Unit.POWERS_OF_TEN);

  private DynamicsClaims() {}

  static List<PaperClaim> figure1() {
    return List.of(
        PaperClaim.of(
            FIGURE_1,
            "constant-quotient",
            "‖w‖² grows with the rate: after a transient, ‖w‖²/η stays constant.",
            "Figure 1, right, and its caption",
            settling(EXPONENTIAL),
            Tolerance.SAME_QUOTIENT,
            Need.PAPER_LENGTH),
        PaperClaim.of(
            FIGURE_1,
            "constant-norm",
            "Weight decay at a constant rate keeps ‖w‖ roughly constant.",
            "Figure 1, caption",
            settling(WEIGHT_DECAY),
            Tolerance.SAME_QUOTIENT,
            Need.PAPER_LENGTH));
  }

  private static Measure settling(Curve curve) {
    Span run = Span.run();
    return new Measure.Change(curve, LOG_QUOTIENT, run.thirdQuarter(), run.lastQuarter());
  }

  static List<PaperClaim> figure2() {
    List<PaperClaim> claims = new ArrayList<>();
    for (Curve curve : List.of(STEP_DECAY, TEXP)) {
      for (int phase : List.of(2, 3)) {
        claims.add(
            PaperClaim.of(
                FIGURE_2,
                "angle-drops-%d-%s".formatted(phase, curve),
                "At milestone %d the angle of %s drops.".formatted(phase - 1, curve.called()),
                "Figure 2, right",
                new Measure.Change(
                    curve,
                    LOG_ANGLE,
                    Span.phase(phase - 1).lastQuarter(),
                    Span.phase(phase).early()),
                DROPS,
                Need.PHASES));
      }
      claims.add(
          PaperClaim.of(
              FIGURE_2,
              "angle-rises-" + curve,
              "During the second phase the angle of %s rises again.".formatted(curve.called()),
              "Figure 2, right: .04 to .13",
              new Measure.Change(
                  curve, LOG_ANGLE, Span.phase(2).early(), Span.phase(2).lastQuarter()),
              RISES,
              Need.PAPER_GROWTH));
      claims.add(
          PaperClaim.of(
              FIGURE_2,
              "angle-ends-small-" + curve,
              "From the end of the second phase to that of the third the angle of %s falls to a tenth."
                  .formatted(curve.called()),
              "Figure 2, right: .13 to .005",
              new Measure.Change(
                  curve, LOG_ANGLE, Span.phase(2).lastQuarter(), Span.phase(3).lastQuarter()),
              ENDS_SMALL,
              Need.PAPER_GROWTH));
      claims.add(jump(curve, 1, "88 to 94 %", Tolerance.MORE_ACCURATE));
      claims.add(jump(curve, 2, "93.2 to 94.9 %", AGAIN_MORE_ACCURATE));
    }
    return claims;
  }

  private static PaperClaim jump(Curve curve, int milestone, String shown, Threshold threshold) {
    return PaperClaim.of(
        FIGURE_2,
        "accuracy-jumps-%d-%s".formatted(milestone + 1, curve),
        "At milestone %d the test accuracy of %s jumps.".formatted(milestone, curve.called()),
        "Figure 2, left: " + shown,
        new Measure.Change(
            curve,
            TEST_ACCURACY,
            Span.phase(milestone).lastQuarter(),
            Span.phase(milestone + 1).early()),
        threshold,
        Need.PHASES);
  }

  static List<PaperClaim> figure3() {
    Span end = Span.phase(3).lastQuarter();
    return List.of(
        slower(2, 1, "ten", "as a comparison"),
        slower(3, 2, "a hundred", "which says 'than that in the third' for the first"),
        PaperClaim.of(
            FIGURE_3,
            "ends-worse",
            "Without the drops of the rate, TEXP−− ends less accurate than TEXP.",
            "Figure 3, caption",
            new Measure.Difference(TEXP, TEXP_MINUS_MINUS, TEST_ACCURACY, end),
            Tolerance.BETTER,
            Need.PAPER_GROWTH),
        PaperClaim.of(
            FIGURE_3,
            "not-settled",
            "The third phase is too short for TEXP−−: its angle has not come down to TEXP's.",
            "Figure 3, caption: hundreds of epochs to equilibrium",
            new Measure.Difference(TEXP_MINUS_MINUS, TEXP, LOG_ANGLE, end),
            Tolerance.LARGER_ANGLE,
            Need.PAPER_GROWTH),
        PaperClaim.of(
            FIGURE_3,
            "second-phase-settles",
            "70 epochs are enough for TEXP−− to reach the equilibrium of the second phase, TEXP's"
                + " angle.",
            "Figure 3, caption; but the schedule ends that phase after 40",
            new Measure.Difference(
                TEXP_MINUS_MINUS, TEXP, LOG_ANGLE, Span.phase(2).lastTwentieth()),
            Tolerance.SAME_ANGLE,
            Need.LONG_SECOND_PHASE));
  }

  private static PaperClaim slower(int phase, int powers, String times, String remark) {
    return PaperClaim.of(
        FIGURE_3,
        "slower-growth-" + phase,
        "In phase %d the rate grows about %s times less in an iteration than in phase 1."
            .formatted(phase, times),
        "Figure 3, caption, " + remark,
        new Measure.Change(TEXP_MINUS_MINUS, LOG_GROWTH, Span.phase(1), Span.phase(phase)),
        Threshold.near(-powers, 0.1, Unit.POWERS_OF_TEN),
        Need.SMALL_PRODUCT);
  }

  static List<PaperClaim> figure4() {
    List<PaperClaim> claims = new ArrayList<>();
    for (int phase : List.of(2, 3)) {
      Span settled = Span.phase(phase).secondHalf();
      String milestone = "milestone " + (phase - 1);
      claims.add(
          PaperClaim.of(
              FIGURE_4,
              "helps-at-first-" + phase,
              "Right after " + milestone + ", dividing the rate makes the network more accurate.",
              "Figure 4, caption: for one epoch",
              new Measure.Change(
                  EXPONENTIAL_DIVIDED,
                  TEST_ACCURACY,
                  Span.phase(phase - 1).secondHalf(),
                  Span.phase(phase).firstTwentieth()),
              Tolerance.MORE_ACCURATE,
              Need.PHASES));
      claims.add(
          PaperClaim.of(
              FIGURE_4,
              "helps-briefly-" + phase,
              "Two to six epochs after " + milestone + " nothing is left of that gain.",
              "Figure 4, caption: only for one epoch",
              new Measure.Difference(
                  EXPONENTIAL_DIVIDED, EXPONENTIAL, TEST_ACCURACY, Span.phase(phase).soonAfter()),
              GONE,
              Need.PAPER_GROWTH));
      claims.add(
          PaperClaim.of(
              FIGURE_4,
              "accuracy-returns-" + phase,
              "Some time after " + milestone + ", accuracy is that of the undivided rate.",
              "Figure 4, caption",
              new Measure.Difference(EXPONENTIAL_DIVIDED, EXPONENTIAL, TEST_ACCURACY, settled),
              Tolerance.SAME_ACCURACY,
              Need.PAPER_GROWTH));
      claims.add(
          PaperClaim.of(
              FIGURE_4,
              "angle-returns-" + phase,
              "Some time after " + milestone + ", the angle is that of the undivided rate.",
              "Figure 4, caption: the trajectories become alike; Section 1 on the initial rate",
              new Measure.Difference(EXPONENTIAL_DIVIDED, EXPONENTIAL, LOG_ANGLE, settled),
              Tolerance.SAME_ANGLE,
              Need.PAPER_GROWTH));
    }
    return claims;
  }

  static List<PaperClaim> figure5() {
    String source = "Figure 5, caption; Section 4.2";
    return List.of(
        better("cosine-better", COSINE, STEP_DECAY, "A cosine ends more accurate than Step Decay."),
        better(
            "cosine-twin-better",
            COSINE_TEXP,
            TEXP,
            "The exponential form of the cosine ends more accurate than that of Step Decay."),
        PaperClaim.of(
            FIGURE_5,
            "another-trajectory",
            "On its way the cosine turns the weights by other angles than Step Decay: another"
                + " trajectory.",
            source,
            new Measure.Distance(COSINE, STEP_DECAY, LOG_ANGLE, Span.run()),
            ANOTHER,
            Need.PHASES));
  }

  private static PaperClaim better(String name, Curve curve, Curve other, String statement) {
    return PaperClaim.of(
        FIGURE_5,
        name,
        statement,
        "Figure 5, caption; Section 4.2",
        new Measure.Difference(curve, other, TEST_ACCURACY, Span.run().lastTwentieth()),
        Tolerance.BETTER,
        Need.PAPER_GROWTH);
  }
}
