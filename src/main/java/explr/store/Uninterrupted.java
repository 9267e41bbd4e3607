package explr.store;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Reads and writes files in a separate thread, which no interrupt reaches.
 *
 * <p>A file channel closes itself if an interrupted thread uses it. An interrupt asks a run to stop
 * and save, and would thus prevent the save. After the work, the caller is interrupted again.
 */
final class Uninterrupted {

  private Uninterrupted() {}

  /** Work on files. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Work on files without a result. */
  @FunctionalInterface
  interface Action {
    void run() throws IOException;
  }

  /** Does the work and waits for its end, even if the calling thread is interrupted. */
  static void run(Action action) throws IOException {
    get(
        () -> {
          action.run();
          return null;
        });
  }

  /** Does the work, waits for its end, and returns its result. */
  static <T> T get(Work<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work::run);
    new Thread(task, "explr-files").start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw rethrown(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static IOException rethrown(Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return (IOException) cause;
  }
}
