package explr.conversion;

import explr.schedule.Rates;
import java.util.function.ObjLongConsumer;

/**
 * TEXP, the tapered exponential learning rate: exponential in each phase of constant rate, decay
 * and momentum, with a correction of the momentum buffer where a phase begins.
 *
 * <p>Li &amp; Arora 2020, Theorems 2.12 and B.2, in which weight decay may change with the phase;
 * here momentum may, too. A phase is a maximal run of iterations with equal η, λ and γ, and z_I its
 * {@link CharacteristicRoot}; phase I begins at iteration T_I:
 *
 * <pre>
 *   η̃_0 = η_0 / z_0
 *   η̃_t = η̃_{t−1} z_I^(−2)                                    inside phase I
 *   η̃_t = η̃_{t−1} (η_I / η_{I−1}) z_I^(−1) z_{I−1}^(−1)       at t = T_I, I ≥ 1
 *   ṽ += ((1 − z_{I−1}) / η̃_{t−1} − (1 − z_I) / (z_I² η̃_t)) θ̃   before step t = T_I; at t = 0 the
 *                                                              second term alone
 * </pre>
 *
 * <p>With its corrections it is exact; without ({@link Rates#withoutCorrections()}) it is the
 * approximation of the paper's experiments. A schedule that changes at every epoch is TEXP with an
 * epoch a phase. This is the paper's equation 6; its equations 8 and 9 have an index one off.
 */
public final class Texp {

  private Texp() {}

  /**
   * The equivalent run without weight decay.
   *
   * @param rates what the run with weight decay is driven by: η_t &gt; 0, and λη ≤ (1 − √γ)² in
   *     every phase; it must make no corrections of its own
   * @throws IllegalArgumentException naming the iteration where a phase begins that has no TEXP, or
   *     where a value is out of range; {@link TexpPlusPlus} may exist nevertheless
   */
  public static Twin of(Rates rates) {
    Twin.Builder twin = new Twin.Builder();
    convert(rates, twin);
    return twin.build();
  }

  static void convert(Rates rates, TwinSteps twin) {
    convert(rates, (root, iteration) -> {}, twin);
  }

  /**
   * Converts, and checks the root of every iteration before its step is added.
   *
   * @param check throws where it refuses a root
   */
  static void convert(Rates rates, ObjLongConsumer<PhaseRoot> check, TwinSteps twin) {
    twin.begin(rates);
    PhaseRoot root = new PhaseRoot();
    PhaseRoot next = new PhaseRoot();
    long iterations = rates.iterations();
    for (long t = 0; t < iterations; t++) {
      double learningRate = rates.learningRate(t);
      double weightDecay = rates.weightDecay(t);
      double momentum = rates.momentum(t);
      if (!root.isOf(learningRate, weightDecay, momentum)) {
        begin(next, t, learningRate, weightDecay, momentum);
        double change = t == 0 ? next.bufferOffset() : root.bufferOffsetTo(next);
        twin.correct(-change * learningRate / next.value());
        PhaseRoot last = root;
        root = next;
        next = last;
      }
      TexpPlusPlus.refuseCorrection(rates, t);
      check.accept(root, t);
      twin.step(learningRate, root.oneMinus(), root.value(), root.bufferOffset());
    }
  }

  /** Sets the root of the phase that begins at an iteration. */
  static void begin(
      PhaseRoot root, long iteration, double learningRate, double weightDecay, double momentum) {
    Rates.check(iteration, learningRate, weightDecay, momentum);
    if (learningRate == 0) {
      throw new IllegalArgumentException(
          "TEXP needs learning rates > 0; at iteration %d it is 0; convert by TEXP++"
              .formatted(iteration));
    }
    try {
      root.set(learningRate, weightDecay, momentum);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the phase that begins at iteration %d has no TEXP: %s"
              .formatted(iteration, e.getMessage()),
          e);
    }
  }
}
