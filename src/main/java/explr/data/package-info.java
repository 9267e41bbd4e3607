/**
 * Images to train on and the batch of every iteration.
 *
 * <p>{@link explr.data.EmbeddedSample#load} gives images at once, {@link explr.data.Cifar10} reads
 * or downloads CIFAR-10; both give a {@link explr.data.Dataset}. {@link explr.data.Batches} says
 * which batch belongs to an iteration, as a pure function of (data, seed, iteration), and {@link
 * explr.data.BatchStream} makes batches ahead in the background. Whatever is wrong with data is a
 * {@link explr.data.DataException}. The package imports nothing but {@code java.*}.
 */
package explr.data;
