/**
 * Schedules of learning rate, weight decay and momentum, and the recipes made of them.
 *
 * <p>{@link explr.schedule.Schedule} is a value of the iteration, {@link explr.schedule.Recipe}
 * what a run is trained by:
 *
 * <pre>{@code
 * var epochs = Epochs.of(391);
 * var recipe = Recipe.of(
 *     StepDecay.from(0.1).dividedBy(10).after(80, 120).perEpoch(epochs),
 *     5e-4, 0.9, epochs.iterations(160));
 * }</pre>
 */
package explr.schedule;
