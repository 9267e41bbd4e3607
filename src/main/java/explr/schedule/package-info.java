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
 *
 * <p>Iterations are counted from 0. A milestone is the first iteration with the new value. A ramp
 * over T iterations has its first value at t = 0, its last at t = T, and keeps it; a run of T
 * iterations ends with t = T − 1, one step before. Every schedule refuses a negative iteration;
 * only {@link explr.schedule.Tabulated} has an end. Any lambda {@code t -> …} is a schedule too.
 *
 * <p>README.md of {@link explr.format} has a table of what PyTorch, timm, mmengine, Keras,
 * transformers and optax call these schedules, with the boundaries of each. {@code
 * ReduceOnPlateau}, which depends on the training and so is in no recipe, is PyTorch's
 * ReduceLROnPlateau with mode min and threshold 1e-4, optax's contrib.reduce_on_plateau, and timm's
 * PlateauLRScheduler.
 */
package explr.schedule;
