package explr.engine;

import java.util.Optional;

/** A program that is captured as a CUDA graph once its operations have run a few times. */
final class CapturedProgram implements Program {

  /**
   * Runs before the capture: cuDNN chooses its algorithms, and libtorch allocates its workspaces,
   * when a thread runs an operation first; neither can happen in a capture.
   */
  private static final int WARM_UP = 3;

  private final CudaGraphs graphs;
  private final Runnable computation;
  private CudaGraphs.Graph graph;
  private String eagerBecause;
  private Thread warm;
  private int warmUps;
  private int captures;
  private boolean closed;

  /**
   * A program that has not run yet.
   *
   * @param graphs captures and replays
   * @param computation operations on a card, in the thread that calls {@link #run}
   */
  CapturedProgram(CudaGraphs graphs, Runnable computation) {
    this.graphs = graphs;
    this.computation = computation;
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException("this program is closed");
    }
    graphs.enter();
    if (graph == null && eagerBecause == null && isWarm()) {
      capture();
    }
    if (graph == null) {
      graphs.run(computation);
      warmUps++;
    } else {
      graph.replay();
    }
  }

  private boolean isWarm() {
    if (warm != Thread.currentThread()) {
      warm = Thread.currentThread();
      warmUps = 0;
    }
    return warmUps >= WARM_UP;
  }

  private void capture() {
    try {
      graph = graphs.capture(computation);
      captures++;
    } catch (CaptureException e) {
      eagerBecause = e.getMessage();
    }
  }

  /** Drops the graph, because a constant in it has changed. */
  void recapture() {
    if (graph != null) {
      graph.close();
      graph = null;
    }
  }

  @Override
  public int captures() {
    return captures;
  }

  @Override
  public Optional<String> eagerBecause() {
    return Optional.ofNullable(eagerBecause);
  }

  boolean closed() {
    return closed;
  }

  @Override
  public void close() {
    recapture();
    closed = true;
  }
}
