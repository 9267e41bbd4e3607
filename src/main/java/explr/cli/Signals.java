package explr.cli;

import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
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
                if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && code != Main.FAILED) {
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

  /**
   * What the program ends with where a signal came; without this, with the signal's own exit code.
   *
   * @return the same
   */
  int endWith(int exitCode) {
    System.out.flush();
    code = exitCode;
    return exitCode;
  }

  /** Whether an error is what a file channel makes of an interrupt. */
  static boolean isInterrupt(Throwable error) {
    return error instanceof InterruptedException
        || error instanceof ClosedByInterruptException
        || error instanceof InterruptedIOException
        || error.getCause() != null && isInterrupt(error.getCause());
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
