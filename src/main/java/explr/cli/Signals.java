package explr.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

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

  /** Work that can be interrupted and resumed. */
  @FunctionalInterface
  interface Work {
    /** Returns an exit code. */
    int run() throws IOException, InterruptedException;
  }

  /**
   * Does work that a signal interrupts, in this thread.
   *
   * @param stopped gives the exit code where it was interrupted, with everything saved
   * @return the program's exit code, with which it also ends where a signal came
   */
  static int interrupting(Work work, IntSupplier stopped) throws IOException {
    try (Signals signals = new Signals(Thread.currentThread())) {
      Runtime.getRuntime().addShutdownHook(signals.hook);
      try {
        return signals.endWith(work.run());
      } catch (InterruptedException e) {
        return signals.endWith(stopped.getAsInt());
      } catch (IOException | RuntimeException e) {
        if (isInterrupt(e)) {
          return signals.endWith(stopped.getAsInt());
        }
        throw e;
      }
    }
  }

  /** Without this, a program to which a signal came ends with the signal's own exit code. */
  private int endWith(int exitCode) {
    System.out.flush();
    code = exitCode;
    return exitCode;
  }

  /** Whether an error is what a file channel makes of an interrupt. */
  private static boolean isInterrupt(Throwable error) {
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
