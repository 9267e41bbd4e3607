/**
 * The statements of Li &amp; Arora 2020 about scale-invariant losses, as functions to run.
 *
 * <p>{@link explr.theory.MomentumSgd} trains a toy ({@link explr.theory.Ripples}) by any rates, in
 * a few lines:
 *
 * <pre>{@code
 * var loss = Ripples.of(10, 1);
 * var start = ToyState.of(…);
 * var decayed = MomentumSgd.PAPER.run(start, loss, recipe);
 * var growing = MomentumSgd.PAPER.run(start, loss, TexpPlusPlus.of(recipe));
 * decayed.get(400).distance(growing.get(400));   // 1e-15
 * }</pre>
 *
 * <p>{@link explr.theory.OptimizerSteps} and {@link explr.theory.OptimizerEquilibrium} do the same
 * for AdamW, Lion, signSGD, Muon and SGDW, which the paper does not treat.
 */
package explr.theory;
