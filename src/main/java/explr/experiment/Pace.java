package explr.experiment;

import explr.schedule.Recipe;
import explr.statistics.Spread;
import explr.training.Listener;
import explr.training.Period;
import explr.training.Run;
import explr.training.Task;
import java.util.Arrays;

/**
 * How fast a task is trained and evaluated on this machine.
 *
 * @param secondsPerStep of training, positive
 * @param secondsPerTestImage of the evaluation after each epoch, positive
 */
public record Pace(double secondsPerStep, double secondsPerTestImage) {

  /** The first steps are slow: the engine plans them and allocates memory. */
  private static final int WARM_UP = 3;

  private static final int MEASURED = 7;

  /** A GPU captures some dozen steps first, and reports them together. */
  private static final int STEPS_ON_GPU = 128;

  private static final int MEASURED_ON_GPU = 64;

  /** A GPU captures the evaluation after these. */
  private static final int WARM_UP_EVALUATIONS = 4;

  /** Enough for two of a task's evaluation batches, and fast at any size. */
  private static final int TEST_IMAGES = 400;

  /** Refuses times that are not positive. */
  public Pace {
    if (!(secondsPerStep > 0 && secondsPerTestImage > 0)) {
      throw new IllegalArgumentException(
          "times must be positive, not %s s a step and %s s a test image"
              .formatted(secondsPerStep, secondsPerTestImage));
    }
  }

  /** Takes a few steps and evaluates a few hundred images, on a temporary network. */
  public static Pace measure(Task task) throws InterruptedException {
    Task small = withFewTestImages(task);
    boolean programs = task.backend().runsPrograms();
    int steps = programs ? STEPS_ON_GPU : WARM_UP + MEASURED;
    // The values of the factors do not change the time of a step.
    Recipe recipe = Recipe.of(0.01, 5e-4, 0.9, steps);
    Stopwatch stopwatch = new Stopwatch(steps);
    try (Run run = Run.start(small, recipe)) {
      // Evaluates too, after the last step: a warm-up for the evaluation that is timed.
      run.train(stopwatch);
      double perStep = stopwatch.medianOfTheLast(programs ? MEASURED_ON_GPU : MEASURED);
      return new Pace(perStep, evaluation(run, small));
    }
  }

  private static Task withFewTestImages(Task task) {
    int images = Math.min(TEST_IMAGES, task.data().test().size());
    return task.withData(task.data().first(task.data().train().size(), images));
  }

  private static double evaluation(Run run, Task task) throws InterruptedException {
    int warmUps = task.backend().runsPrograms() ? WARM_UP_EVALUATIONS : 0;
    for (int i = 0; i < warmUps; i++) {
      run.evaluate();
    }
    long start = System.nanoTime();
    run.evaluate();
    return seconds(start) / task.data().test().size();
  }

  /** At least a nanosecond, whatever the clock says. */
  private static double seconds(long start) {
    return Math.max(1, System.nanoTime() - start) / 1e9;
  }

  /** The time in seconds of training steps and of evaluations of {@code testImages} images each. */
  public double seconds(long steps, long evaluations, int testImages) {
    return steps * secondsPerStep + (double) evaluations * testImages * secondsPerTestImage;
  }

  /** Times steps alone: a period's evaluation lies between two of them. */
  private static final class Stopwatch implements Listener {
    private final double[] seconds;
    private int steps;
    private long began = System.nanoTime();

    Stopwatch(int steps) {
      seconds = new double[steps];
    }

    @Override
    public void between(Run run, int count) {
      Arrays.fill(seconds, steps, steps + count, seconds(began) / count);
      steps += count;
      began = System.nanoTime();
    }

    @Override
    public void period(Period period) {
      began = System.nanoTime();
    }

    double medianOfTheLast(int count) {
      return Spread.of(Arrays.copyOfRange(seconds, steps - count, steps)).median();
    }
  }
}
