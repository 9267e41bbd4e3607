package explr.training;

import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.util.ArrayList;
import java.util.List;

/**
 * What a notebook does when a cell is interrupted and run again at once, on two threads: the next
 * run begins while the interrupted thread is still inside its step. A program of its own, because
 * the number of threads is one for a process.
 *
 * <p>Arguments: engine and number type. It prints {@link #DONE} when every run has ended.
 */
final class InterruptedRuns {

  static final String DONE = "every run has ended";

  private static final Rates RATES = Recipe.of(0.1, 5e-4, 0.9, 100_000);
  private static final int THREADS = 2;
  private static final int TIMES = 20;
  private static final long MILLIS_UNTIL_INTERRUPT = 60;

  private InterruptedRuns() {}

  public static void main(String... arguments) throws InterruptedException {
    EngineName engine = EngineName.valueOf(arguments[0]);
    Precision precision = Precision.valueOf(arguments[1]);
    Task task =
        Tasks.small(engine, precision)
            .withBatchSize(32)
            .on(new Backend(engine, "cpu", precision, THREADS));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      Thread thread = trainingThread(task, Long.MAX_VALUE);
      threads.add(thread);
      Thread.sleep(MILLIS_UNTIL_INTERRUPT);
      thread.interrupt();
    }
    threads.add(trainingThread(task, 3));
    for (Thread thread : threads) {
      thread.join();
    }
    System.out.println(DONE);
  }

  private static Thread trainingThread(Task task, long steps) {
    Thread thread =
        new Thread(
            () -> {
              try (Run run = Run.start(task, RATES)) {
                run.train(new Listener() {}, steps);
              } catch (InterruptedException e) {
                return;
              }
            });
    thread.start();
    return thread;
  }
}
