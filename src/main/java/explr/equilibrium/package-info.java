/**
 * The angle per step of optimizers on real networks, measured and predicted.
 *
 * <p>{@link explr.equilibrium.MeasuredAngles} trains a network by each {@link
 * explr.equilibrium.Setting} and measures the angles by which steps rotate its convolutions; {@link
 * explr.equilibrium.EquilibriumFigure} draws them next to the predictions of {@link
 * explr.theory.OptimizerEquilibrium}.
 */
package explr.equilibrium;
