package explr.engine;

/** CUDA streams and graphs: what {@link CapturedProgram} needs of a card's library. */
interface CudaGraphs {

  /**
   * Has this thread compute on a CUDA stream of its own from now on: the default stream cannot be
   * captured, and runs in several threads overlap only on streams of their own. Cheap after the
   * first call in a thread.
   *
   * <p>Streams do not wait for each other. A thread that hands a network to another one must have
   * read a result of its last operation.
   */
  void useOwnStream();

  /**
   * Captures the operations that a computation calls, without executing them.
   *
   * @throws CaptureException if it cannot be captured; nothing was executed
   */
  Graph capture(Runnable computation) throws CaptureException;

  /** Captured operations. */
  interface Graph extends AutoCloseable {

    /** Starts the operations on this thread's stream. */
    void replay();

    @Override
    void close();
  }

  /** The same without any graph. */
  static CudaGraphs none(String reason) {
    return new CudaGraphs() {
      @Override
      public void useOwnStream() {
        // The default stream does.
      }

      @Override
      public Graph capture(Runnable computation) throws CaptureException {
        throw new CaptureException(reason, null);
      }
    };
  }
}
