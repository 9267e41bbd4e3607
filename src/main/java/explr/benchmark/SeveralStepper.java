package explr.benchmark;

import explr.training.StepProgram;
import explr.training.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Several runs at a time on one GPU, each with its own program and CUDA stream, in threads of one
 * process. They share the steps that are asked for, so that images per second count those of all.
 */
final class SeveralStepper implements Stepper {

  private static final int SECONDS_TO_END = 10;

  private final List<ExecutorService> threads = new ArrayList<>();
  private final List<ProgramStepper> steppers = new ArrayList<>();

  /**
   * Starts the runs one after the other.
   *
   * @param count of runs, ≥ 2
   */
  SeveralStepper(Task task, int count) throws InterruptedException {
    if (count < 2) {
      throw new IllegalArgumentException("several runs are at least 2, not " + count);
    }
    try {
      for (int i = 0; i < count; i++) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        threads.add(thread);
        steppers.add(get(thread.submit(() -> ProgramStepper.captured(task))));
      }
    } catch (InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Calls a part for each run in the run's own thread, all at the same time, and waits for them.
   */
  private <T> List<T> together(IntFunction<Callable<T>> part) throws InterruptedException {
    List<Future<T>> begun = new ArrayList<>();
    for (int i = 0; i < steppers.size(); i++) {
      begun.add(threads.get(i).submit(part.apply(i)));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> each : begun) {
      results.add(get(each));
    }
    return results;
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a run failed: " + e.getCause().getMessage(), e.getCause());
    }
  }

  /**
   * Takes a step of each run.
   *
   * @return the loss that deviates most from that of the first run
   */
  @Override
  public double step() throws InterruptedException {
    List<Double> losses = together(run -> () -> steppers.get(run).step());
    return losses.stream()
        .max(Comparator.comparingDouble(loss -> Math.abs(loss - losses.get(0))))
        .orElseThrow();
  }

  @Override
  public void run(int steps) throws InterruptedException {
    together(
        run ->
            () -> {
              steppers.get(run).run(share(steps, run));
              return null;
            });
  }

  /** The steps of one of the runs; those of all runs add up to the steps asked for. */
  private int share(int steps, int run) {
    return steps / steppers.size() + (run < steps % steppers.size() ? 1 : 0);
  }

  @Override
  public int block() {
    return steppers.size() * StepProgram.CAPACITY;
  }

  @Override
  public String version() {
    return steppers.get(0).version();
  }

  /** Waits for the threads, so that the process does not end while one of them frees its arrays. */
  @Override
  public void close() {
    for (int i = 0; i < steppers.size(); i++) {
      threads.get(i).execute(steppers.get(i)::close);
    }
    threads.forEach(ExecutorService::shutdown);
    try {
      for (ExecutorService thread : threads) {
        if (!thread.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
