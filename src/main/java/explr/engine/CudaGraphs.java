package explr.engine;

/**
 * CUDA streams for threads, and CUDA graphs of what they compute: what {@link CapturedProgram}
 * needs from a card's library.
 */
interface CudaGraphs {

  /**
   * Makes this card and the calling thread's CUDA stream on it current; a thread keeps its stream.
   * The default stream cannot be captured, and runs in several threads overlap only on different
   * streams. To be called before each use, because another library, or a network on another card,
   * may have changed what is current.
   *
   * <p>Streams do not wait for each other. A thread that hands a network to another one must have
   * read a result of its last operation.
   */
  void enter();

  /**
   * Runs operations one by one while nothing is captured: some, such as cuDNN's choice of
   * algorithms by time, wait for the whole card, which would break a capture in another thread.
   */
  void run(Runnable computation);

  /**
   * Captures the operations that a computation calls, without executing them.
   *
   * @throws CaptureException if it cannot be captured; nothing was executed
   */
  Graph capture(Runnable computation) throws CaptureException;

  /** Captured operations. */
  interface Graph extends AutoCloseable {

    /**
     * Starts the operations on this thread's stream.
     *
     * @throws IllegalStateException if the card has failed
     */
    void replay();

    @Override
    void close();
  }

  /** The same without streams and graphs. */
  static CudaGraphs none(String reason) {
    return new CudaGraphs() {
      @Override
      public void enter() {
        // Everything runs on the default stream.
      }

      @Override
      public void run(Runnable computation) {
        computation.run();
      }

      @Override
      public Graph capture(Runnable computation) throws CaptureException {
        throw new CaptureException(reason, null);
      }
    };
  }
}
