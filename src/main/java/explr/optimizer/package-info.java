/**
 * The optimizers that people train with, as values.
 *
 * <p>An {@link explr.optimizer.Optimizer} is an update rule with the numbers that it alone has;
 * learning rate, weight decay and first momentum are those of a {@link explr.schedule.Rates}. What
 * a conversion needs to know of a rule is how its step and its buffers scale with the weights.
 */
package explr.optimizer;
