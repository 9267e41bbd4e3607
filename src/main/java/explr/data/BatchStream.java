package explr.data;

/**
 * The batches from an iteration on, made ahead in a background thread.
 *
 * <p>{@code stream.next()} equals {@code batches.at(t)} for t = from, from + 1, …; only the waiting
 * is less. A few buffers go round: a batch is valid until the next one is asked for. One thread
 * calls {@link #next}; any thread may {@link #close}.
 */
public final class BatchStream implements AutoCloseable {

  private final Batches batches;
  private final long from;
  private final Batch[] ring;
  private final Thread maker;

  // All guarded by this; batch k of the stream lies in ring[k % ring.length].
  private long made;
  private long released;
  private boolean handedOut;
  private boolean closed;
  private Throwable failure;

  private BatchStream(Batches batches, long from, int ahead) {
    this.batches = batches;
    this.from = from;
    ring = new Batch[ahead + 1];
    for (int i = 0; i < ring.length; i++) {
      ring[i] = new Batch(batches.size());
    }
    maker = new Thread(this::make, "explr-batches");
    maker.setDaemon(true);
  }

  /**
   * Starts making batches, two of them ahead.
   *
   * @param from the iteration t ≥ 0 of the first batch
   */
  public static BatchStream of(Batches batches, long from) {
    return of(batches, from, 2);
  }

  /**
   * Starts making batches.
   *
   * @param from the iteration t ≥ 0 of the first batch
   * @param ahead how many batches, at least 1, are made before they are asked for; each takes 12 kB
   *     an image
   */
  public static BatchStream of(Batches batches, long from, int ahead) {
    if (from < 0) {
      throw new IllegalArgumentException("iterations are counted from 0, not from " + from);
    }
    if (ahead < 1) {
      throw new IllegalArgumentException("at least 1 batch is made ahead, not " + ahead);
    }
    BatchStream stream = new BatchStream(batches, from, ahead);
    stream.maker.start();
    return stream;
  }

  /**
   * The next batch; the one before it may be overwritten from now on.
   *
   * @throws InterruptedException if the thread is interrupted while it waits; no batch is lost by
   *     it
   * @throws DataException if the background thread failed, with its error as cause
   * @throws IllegalStateException if the stream is closed
   */
  public synchronized Batch next() throws InterruptedException {
    if (handedOut) {
      released++;
      handedOut = false;
      notifyAll();
    }
    while (made == released && failure == null && !closed) {
      wait();
    }
    if (closed) {
      throw new IllegalStateException("this stream of batches is closed");
    }
    if (made == released) {
      throw new DataException(
          "the batch of iteration %d could not be made: %s".formatted(from + made, failure),
          failure);
    }
    handedOut = true;
    return ring[(int) (released % ring.length)];
  }

  /** Ends the background thread. Batches handed out keep their values. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** Waits until the background thread has ended, after {@link #close}. */
  void join() throws InterruptedException {
    maker.join();
  }

  private void make() {
    try {
      for (long k = 0; awaitRoom(); k++) {
        ring[(int) (k % ring.length)].become(batches, from + k);
        announce();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      fail(e);
    }
  }

  private synchronized boolean awaitRoom() throws InterruptedException {
    while (made - released == ring.length && !closed) {
      wait();
    }
    return !closed;
  }

  private synchronized void announce() {
    made++;
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    failure = e;
    notifyAll();
  }
}
