package explr.training;

import explr.data.Batches;
import explr.schedule.Rates;

/**
 * What a trained network says about images: one number for each image and class, before the
 * softmax.
 *
 * @param values {@code (image, class)}, flat
 */
public record Logits(double[] values) {

  /**
   * Trains a task by some rates, in memory, and asks the network about the first test images.
   *
   * @throws InterruptedException if the thread was interrupted
   */
  public static Logits after(Task task, Rates rates) throws InterruptedException {
    try (Run run = Run.start(task, rates)) {
      run.train(new Listener() {});
      Batches tests = task.testBatches();
      return run.learner().logits(tests.at(0));
    }
  }

  /** ‖these − others‖ / ‖others‖ in the l2 norm. */
  public double distanceTo(Logits others) {
    if (values.length != others.values.length) {
      throw new IllegalArgumentException(
          "logits of different shapes: %d and %d numbers"
              .formatted(values.length, others.values.length));
    }
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < values.length; i++) {
      difference += (values[i] - others.values[i]) * (values[i] - others.values[i]);
      norm += others.values[i] * others.values[i];
    }
    return Math.sqrt(difference / norm);
  }
}
