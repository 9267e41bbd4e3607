package explr.training;

/**
 * A step that was taken, read from the device.
 *
 * @param iteration t
 * @param scores of its batch under the weights before it
 * @param finite whether all weights and running variances are finite numbers after it
 */
public record StepResult(long iteration, Scores scores, boolean finite) {}
