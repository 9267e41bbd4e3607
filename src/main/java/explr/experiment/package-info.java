/**
 * The paper's experiments: which curves a figure shows, at which size, and where their runs lie.
 *
 * <p>A {@link explr.experiment.Profile} names the sizes; {@link explr.experiment.Curve} is one run
 * of a figure; {@link explr.experiment.RunFolder} trains it into a folder, going on where an
 * earlier attempt stopped; {@link explr.experiment.Experiment} does all of it for a figure.
 */
package explr.experiment;
