package explr.engine;

import java.util.Optional;

/**
 * A computation on a network's arrays that is run many times, such as a step of training.
 *
 * <p>On an NVIDIA card it runs a few times operation by operation, is then captured as a CUDA graph
 * and from there replayed, which spares the host some 300 launches a step. On a CPU, and where a
 * card or library cannot capture, each run calls the operations. The bits are the same in
 * deterministic mode.
 *
 * <p>The computation must do the same operations on the same arrays every time and read what
 * changes from arrays: what Java reads while it runs is baked in. The network's ε are; {@link
 * Network#setEpsilons} has its programs captured again.
 */
public interface Program extends AutoCloseable {

  /** Runs the computation once; may return before a GPU has finished it. */
  void run();

  /** How often the computation was captured so far; 0 on a CPU. */
  int captures();

  /**
   * Why a GPU runs the operations one by one although it should replay them; empty where it replays
   * them, and on a CPU.
   */
  Optional<String> eagerBecause();

  @Override
  void close();

  /** A program that calls its operations at each run, on any device. */
  static Program eager(Runnable computation) {
    return new EagerProgram(computation);
  }
}
