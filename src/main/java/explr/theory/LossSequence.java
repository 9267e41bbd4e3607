package explr.theory;

/** The loss of each iteration, as the batches of training give one: a pure function of t. */
@FunctionalInterface
public interface LossSequence {

  /** L_t, t ≥ 0. */
  ScaleInvariantLoss at(long iteration);
}
