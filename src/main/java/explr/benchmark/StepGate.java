package explr.benchmark;

/** Lets one thread take steps when another one asks for them, and no more than it asks for. */
final class StepGate {

  private long asked;
  private long taken;

  /** Asks for further steps. */
  synchronized void ask(long steps) {
    asked += steps;
    notifyAll();
  }

  /** Counts steps that were taken. */
  synchronized void count(long steps) {
    taken += steps;
    notifyAll();
  }

  /** Waits until a step is asked for. */
  synchronized void awaitNext() throws InterruptedException {
    while (taken >= asked) {
      wait();
    }
  }

  /**
   * Waits until all steps that were asked for are taken.
   *
   * @return false if they are not after so many milliseconds
   */
  synchronized boolean awaitAll(long milliseconds) throws InterruptedException {
    if (taken < asked) {
      wait(milliseconds);
    }
    return taken >= asked;
  }

  /** The number of steps taken so far. */
  synchronized long taken() {
    return taken;
  }
}
