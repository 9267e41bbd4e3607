package explr.ledger;

/**
 * Thresholds that several claims share, fixed before any run that they judge.
 *
 * <p>Each is the least difference that would be seen on the paper's plots, and more than what
 * chance alone makes of a mean over half a phase. Changing one changes what a claim means: that is
 * a new claim, not a correction.
 */
final class Tolerance {

  /**
   * Accuracies agree within 2 points: the paper's curves, whose axis spans tens of points, lie on
   * each other; seeds of one setting differ by up to a point at 2,000 test images.
   */
  static final Threshold SAME_ACCURACY = Threshold.near(0, 0.02, Unit.POINTS);

  /** Accuracy jumps: by more than what counts as agreement. The paper shows 6 points. */
  static final Threshold MORE_ACCURATE = Threshold.atLeast(0.02, Unit.POINTS);

  /** Accuracy suffers: by more than what counts as agreement. */
  static final Threshold LESS_ACCURATE = Threshold.atMost(-0.02, Unit.POINTS);

  /**
   * "Better": at least 0.2 points, the least that could be read off the paper's plots; it gives no
   * number. The interval must lie above, so that chance does not decide.
   */
  static final Threshold BETTER = Threshold.atLeast(0.002, Unit.POINTS);

  /**
   * Angles agree within 0.1 powers of ten, a factor of 1.26: a tenth of what a milestone moves
   * them, and the width of a line on the paper's axis.
   */
  static final Threshold SAME_ANGLE = Threshold.near(0, 0.1, Unit.POWERS_OF_TEN);

  /** Angles differ: by more than what counts as agreement. */
  static final Threshold LARGER_ANGLE = Threshold.atLeast(0.1, Unit.POWERS_OF_TEN);

  /** ‖w‖²/η is constant, or the same, within 0.2 powers of ten, on a plot that spans 28. */
  static final Threshold SAME_QUOTIENT = Threshold.near(0, 0.2, Unit.POWERS_OF_TEN);

  private Tolerance() {}
}
