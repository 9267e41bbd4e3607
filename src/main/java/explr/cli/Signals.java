package explr.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGTERM and SIGINT into an interrupt of the thread that trains, and lets it save before the
 * program ends.
 */
final class Signals implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook;

  private Signals(Thread training) {
    hook =
        new Thread(
            () -> {
              training.interrupt();
              try {
                if (saved.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                  Runtime.getRuntime().halt(Main.GO_ON_LATER);
                }
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

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      System.out.println("Stopped; everything is saved. The same command goes on from here.");
      System.out.flush();
      saved.countDown();
    }
  }
}
