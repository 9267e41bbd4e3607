package explr.optimizer;

import explr.schedule.Constant;
import explr.schedule.Schedule;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An update rule.
 *
 * <p>In every formula g = ∇L_t(θ), and η_t, λ_t and γ_t are the learning rate, the weight decay and
 * the momentum of the run's rates; Adam and Lion call γ their β₁. Decay is <em>decoupled</em> where
 * it multiplies the weights, θ ← (1 − η_t λ_t) θ − η_t u, and the step u does not contain it
 * (Loshchilov &amp; Hutter 2019); elsewhere it is part of the gradient, g + λ_t θ.
 *
 * <p>For a loss with L(cθ) = L(θ) the gradient at cθ is g / c (Li &amp; Arora 2020, Lemma 1.3). The
 * {@link #stepDegree() degree} of a step or a buffer says by which power of c it changes when all
 * gradients do so.
 */
public sealed interface Optimizer {

  /** v ← γv + g + λθ, θ ← θ − ηv: the paper's Definition 1.2, PyTorch's SGD. */
  record Momentum() implements Optimizer {
    @Override
    public boolean decoupled() {
      return false;
    }
  }

  /** d = g + λθ, v ← γv + d, θ ← θ − η(d + γv): Nesterov's momentum in PyTorch's form. */
  record Nesterov() implements Optimizer {
    @Override
    public boolean decoupled() {
      return false;
    }
  }

  /** m ← γm − η(g + λθ), θ ← θ + m: the momentum SGD of Keras, DJL and MXNet. */
  record RateInsideBuffer() implements Optimizer {
    @Override
    public boolean decoupled() {
      return false;
    }
  }

  /** v ← γv + g, u = v: SGDW (Loshchilov &amp; Hutter 2019). */
  record DecoupledMomentum() implements Optimizer {
    @Override
    public boolean decoupled() {
      return true;
    }
  }

  /** An optimizer with decoupled decay whose step does not shrink when all gradients do. */
  sealed interface Normalized extends Optimizer {
    @Override
    default boolean decoupled() {
      return true;
    }

    @Override
    default int stepDegree() {
      return 0;
    }
  }

  /**
   * AdamW (Loshchilov &amp; Hutter 2019): m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g²,
   *
   * <pre>
   *   u = m / (1 − Π β₁) / (√(v / (1 − Π β₂)) + ε)
   * </pre>
   *
   * where the products are over all steps so far.
   *
   * @param beta2 β₂ in [0, 1)
   * @param epsilon ε ≥ 0
   */
  record AdamW(Schedule beta2, double epsilon) implements Normalized {

    /** Refuses a missing schedule and ε &lt; 0. */
    public AdamW {
      requireSchedule("AdamW", beta2);
      requireEpsilon("AdamW", epsilon);
    }

    /** With a constant β₂. */
    public static AdamW of(double beta2, double epsilon) {
      return new AdamW(new Constant(beta2), epsilon);
    }

    @Override
    public Optional<Schedule> secondBeta() {
      return Optional.of(beta2);
    }

    @Override
    public OptionalDouble epsilonOfStep() {
      return OptionalDouble.of(epsilon);
    }

    @Override
    public List<Integer> bufferDegrees() {
      return List.of(-1, -2);
    }
  }

  /**
   * Lion (Chen et al. 2023): u = sign(β₁m + (1 − β₁)g), then m ← β₂m + (1 − β₂)g.
   *
   * @param beta2 β₂ in [0, 1)
   */
  record Lion(Schedule beta2) implements Normalized {

    /** Refuses a missing schedule. */
    public Lion {
      requireSchedule("Lion", beta2);
    }

    /** With a constant β₂. */
    public static Lion of(double beta2) {
      return new Lion(new Constant(beta2));
    }

    @Override
    public Optional<Schedule> secondBeta() {
      return Optional.of(beta2);
    }
  }

  /** m ← γm + g, u = sign(m): signSGD where γ is 0, Signum otherwise (Bernstein et al. 2018). */
  record SignSgd() implements Normalized {}

  /**
   * Muon (Jordan et al. 2024) for a matrix of weights: m ← γm + g, u = {@link Orthogonalization} of
   * m, with Nesterov's momentum of g + γm.
   *
   * @param nesterov whether the gradient is added again
   * @param epsilon added to the norm that the matrix is divided by, ≥ 0
   */
  record Muon(boolean nesterov, double epsilon) implements Normalized {

    /** Refuses ε &lt; 0. */
    public Muon {
      requireEpsilon("Muon", epsilon);
    }

    @Override
    public OptionalDouble epsilonOfStep() {
      return OptionalDouble.of(epsilon);
    }
  }

  /** Whether decay multiplies the weights instead of being part of the gradient. */
  boolean decoupled();

  /**
   * −1 where the step shrinks as the gradient does when the weights grow; 0 where it keeps its
   * size.
   */
  default int stepDegree() {
    return -1;
  }

  /**
   * β₂ of step t.
   *
   * @param beta2 its schedule
   * @throws IllegalArgumentException naming iteration and value if it is outside [0, 1)
   */
  static double beta2(Schedule beta2, long t) {
    double value = beta2.at(t);
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "β₂ must lie in [0, 1); at iteration %d it is %s".formatted(t, value));
    }
    return value;
  }

  /** β₂ where the rule has one of its own. */
  default Optional<Schedule> secondBeta() {
    return Optional.empty();
  }

  /** ε, if the step divides by a quantity plus ε; like a linear buffer it has degree −1. */
  default OptionalDouble epsilonOfStep() {
    return OptionalDouble.empty();
  }

  /** The degrees of the buffers: −1 for one that is linear in gradients, −2 for a square. */
  default List<Integer> bufferDegrees() {
    return List.of(-1);
  }

  private static void requireSchedule(String name, Schedule beta2) {
    if (beta2 == null) {
      throw new IllegalArgumentException(name + " needs a schedule of its β₂");
    }
  }

  private static void requireEpsilon(String name, double epsilon) {
    if (!(epsilon >= 0 && epsilon <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(name + " needs a finite ε ≥ 0, not " + epsilon);
    }
  }
}
