package explr.engine;

import java.util.Optional;

/**
 * A program that calls its operations at each run.
 *
 * @param computation what it runs
 */
record EagerProgram(Runnable computation) implements Program {

  @Override
  public void run() {
    computation.run();
  }

  @Override
  public int captures() {
    return 0;
  }

  @Override
  public Optional<String> eagerBecause() {
    return Optional.empty();
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
