package explr.benchmark;

/** Something that trains step by step. */
interface Stepper extends AutoCloseable {

  /**
   * Takes the next training step, on the next batch, and waits for it.
   *
   * @return the mean loss of the batch under the weights before the step, in nats
   */
  double step() throws InterruptedException;

  /**
   * Takes the next training steps, and waits for the last of them.
   *
   * @param steps at least 1
   */
  default void run(int steps) throws InterruptedException {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  /**
   * The number of steps to ask for next while warming up, at least 1. A stepper that takes several
   * steps at a time chooses it so that no step is taken beyond those asked for.
   */
  default int block() {
    return 1;
  }

  /** The engine with its version. */
  String version();

  @Override
  void close();
}
