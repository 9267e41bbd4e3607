/**
 * Training: the complete state of a run, one step of the paper's momentum SGD, and the loop over
 * iterations.
 *
 * <p>{@link explr.training.Task} says what is trained on what; {@link explr.training.Learner} holds
 * a run's state on an engine and takes single steps; {@link explr.training.Run} goes through the
 * iterations of some {@link explr.schedule.Rates}, measures, and can stop and continue at any step
 * with the bits of an undisturbed run. On a GPU {@link explr.training.StepProgram} takes the steps,
 * on batches that {@link explr.training.DeviceBatches} makes there.
 */
package explr.training;
