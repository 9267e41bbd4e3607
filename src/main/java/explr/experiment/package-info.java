/**
 * The paper's experiments: which curves a figure shows, at which size, and where their runs lie.
 *
 * <p>A {@link explr.experiment.Profile} names the sizes; {@link explr.experiment.Curve} is one run
 * of a figure; {@link explr.experiment.Plan} says what is to be trained for some figures; {@link
 * explr.experiment.Experiment} trains it in a store and draws it; {@link
 * explr.experiment.RunFolder} is a copy of a run for people.
 */
package explr.experiment;
