/**
 * Networks as small graphs of modules.
 *
 * <p>An {@link explr.network.Architecture} lists the modules of Appendix E of Li &amp; Arora (2020)
 * and how they are connected; {@link explr.network.PreResNet} is the one that the paper trains,
 * {@link explr.network.AppendixE} has those that it draws. The graph is the one source of the
 * network on either engine, of its parameters ({@link explr.network.Layout}), and of the degrees of
 * homogeneity that decide whether it is scale invariant ({@link explr.network.Homogeneity}).
 */
package explr.network;
