package explr.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an interrupt of the thread that trains, and lets it save before the
 * program ends.
 */
final class Signals implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile int code = Main.FAILED;
  private final Thread hook;

  private Signals(Thread training) {
    hook =
        new Thread(
            () -> {
              training.interrupt();
              try {
                if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && code == Main.GO_ON_LATER) {
                  Runtime.getRuntime().halt(code);
                }
                // Anything else is an error on its way to the user: time to print it.
                Thread.sleep(500);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "explr-signals");
  }

  static Signals interrupting(Thread training) {
    Signals signals = new Signals(training);
    Runtime.getRuntime().addShutdownHook(signals.hook);
    return signals;
  }

  /** All runs were saved; the program may end. */
  void saved() {
    System.out.println("Stopped; everything is saved. The same command goes on from here.");
    savedQuietly();
  }

  /** The same, where another process will say so. */
  void savedQuietly() {
    System.out.flush();
    code = Main.GO_ON_LATER;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      ended.countDown();
    }
  }
}
