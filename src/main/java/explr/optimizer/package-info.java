/**
 * The optimizers that people train with, as values.
 *
 * <p>An {@link explr.optimizer.Optimizer} is an update rule with the numbers that it alone has;
 * learning rate, weight decay and first momentum are those of a {@link explr.schedule.Rates}. What
 * a conversion needs to know of a rule is how its step and its buffers scale with the weights.
 *
 * <h2>Related work</h2>
 *
 * <p>What is proved here, in {@code explr.conversion.FollowingBuffers}, {@code SmallerBetas} and
 * {@code NesterovTwin}, is that a run with weight decay and one without visit the same networks,
 * step by step and for any schedules. Others have shown the effect of the decay in the long run or
 * on average:
 *
 * <ul>
 *   <li>Li &amp; Arora (ICLR 2020) prove the equivalence for momentum SGD. Li, Lyu &amp; Arora
 *       (2020, arXiv 2010.02916) model that training as a stochastic differential equation, whose
 *       speed equilibrates under the product ηλ, the intrinsic learning rate, and conjecture that
 *       it does so in about 1/(ηλ) steps.
 *   <li>Kosson, Messmer &amp; Jaggi (2024, arXiv 2305.17212) derive the equilibrium of norm and
 *       rotation for SGD with momentum, AdamW, Adam with L2 and Lion in a random walk, and train
 *       with the rotation fixed instead of decay.
 *   <li>Wang &amp; Aitchison (2024, arXiv 2405.13698) read AdamW's weights as a moving average of
 *       updates with the time scale 1/(ηλ), and derive how the decay should change with the size of
 *       model and data.
 *   <li>Defazio (2025, arXiv 2506.02285) explains the growth of gradients at the end of training by
 *       the ratio of gradient and weights in equilibrium, √(2λ/η), and corrects the decay for it.
 *   <li>Roburin et al. (2022, arXiv 2006.13382) give an effective learning rate of Adam for
 *       scale-invariant weights, and show that SGD on them is a variant of Adam on the sphere.
 * </ul>
 *
 * <p>Of these papers only the abstracts were read, and the opening sections of 2405.13698,
 * 2506.02285 and an earlier version of 2006.13382; their proofs and appendices were not accessible.
 * Searches found no paper or code with the statements of the three classes, which does not prove
 * that there is none.
 */
package explr.optimizer;
