package explr.benchmark;

/** Something that trains step by step. */
interface Stepper extends AutoCloseable {

  /**
   * Takes the next training step on the next batch, and waits for it.
   *
   * @return the mean loss of the batch under the weights before the step, in nats
   */
  double step() throws InterruptedException;

  /** The engine with its version. */
  String version();

  @Override
  void close();
}
