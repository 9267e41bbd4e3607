/**
 * The paper's experiments, from settings to results.
 *
 * <p>{@link explr.experiment.Settings} name a {@link explr.experiment.Profile}; its {@link
 * explr.experiment.Plan} holds the {@link explr.experiment.PlannedRun runs} of all figures and the
 * tree of {@link explr.experiment.Segment segments} that trains them; a {@link
 * explr.experiment.Trainer} trains segments in a store; {@link explr.experiment.Results} read what
 * was trained or recorded. They are listed in the order of use.
 */
package explr.experiment;
