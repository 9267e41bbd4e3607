package explr.engine;

import java.util.Optional;

/**
 * A computation on a network's arrays that is run many times, such as a step of training.
 *
 * <p>On an NVIDIA card the first runs call its operations one by one; then it is captured as a CUDA
 * graph and replayed, which saves the host some 300 launches a step. On a CPU, and where a card or
 * library cannot capture, each run calls the operations. In deterministic mode the bits are the
 * same.
 *
 * <p>The computation must call the same operations on the same arrays in every run and read from
 * arrays what changes between runs: a number of Java becomes a constant of the graph. The network's
 * ε are such constants; after {@link Network#setEpsilons} its programs are captured again.
 */
public interface Program extends AutoCloseable {

  /** Runs the computation once; may return before a GPU has finished it. */
  void run();

  /** How often the computation was captured so far; 0 on a CPU. */
  int captures();

  /** Why a program on a GPU is not captured; empty where it is or will be, and on a CPU. */
  Optional<String> eagerBecause();

  @Override
  void close();

  /** A program that calls its operations at each run, on any device. */
  static Program eager(Runnable computation) {
    return new EagerProgram(computation);
  }
}
