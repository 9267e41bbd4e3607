/**
 * Training: the complete state of a run, one step of the paper's momentum SGD, and the loop over
 * iterations.
 *
 * <p>{@link explr.training.Task} says what is trained on what; {@link explr.training.Learner} holds
 * a run's state on an engine and takes single steps; {@link explr.training.Run} goes through the
 * iterations of some {@link explr.schedule.Rates}, measures, and can stop and go on at any step
 * with the bits of an undisturbed run.
 */
package explr.training;
