package explr.training;

import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.schedule.Schedule;

/**
 * 1 − Π β over the steps so far, by which Adam divides its means: a pure function of the rates and
 * t, computed from the last t that was asked for.
 */
final class BetaProducts {

  private final Schedule beta2;
  private Rates rates;
  private long steps;
  private double product1 = 1;
  private double product2 = 1;

  BetaProducts(Schedule beta2) {
    this.beta2 = beta2;
  }

  /** 1 − Π β₁ over steps 0 … t. */
  double bias1(Rates ofRun, long t) {
    advance(ofRun, t);
    return 1 - product1;
  }

  /** 1 − Π β₂ over steps 0 … t. */
  double bias2(Rates ofRun, long t) {
    advance(ofRun, t);
    return 1 - product2;
  }

  private void advance(Rates ofRun, long t) {
    if (ofRun != rates || t + 1 < steps) {
      rates = ofRun;
      steps = 0;
      product1 = 1;
      product2 = 1;
    }
    for (; steps <= t; steps++) {
      product1 *= rates.momentum(steps);
      product2 *= Optimizer.beta2(beta2, steps);
    }
  }
}
