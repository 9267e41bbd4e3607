package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import explr.network.Layout;
import explr.network.Tensor;
import java.util.concurrent.locks.Lock;

/**
 * An architecture made trainable on an engine.
 *
 * <p>Weights, their gradient and the statistics of normalisations are flat arrays of the engine,
 * laid out as {@link Layout} says. The network computes logits and gradients; it does not decide
 * how weights or running statistics change.
 *
 * <p>Order of calls: fill {@link #weights} and the fixed weights; then {@link #differentiate} for
 * training batches, or {@link #useStatistics} and {@link #evaluate} for others. A training batch
 * overwrites the statistics in use by its own. Not safe for use by several threads at once.
 */
public interface Network extends AutoCloseable {

  /**
   * Prepares the calling thread to use this network's device. A thread that did not open the
   * network calls it before it uses the network or its arrays; the thread that used it before must
   * have read a result of its last operation.
   */
  void enter();

  /**
   * The lock that a thread holds while it multiplies matrices on this network's engine. {@link
   * #differentiate} and {@link #evaluate} take it themselves. On a CPU all networks on MXNet share
   * one lock, because its BLAS hangs if a thread enters it while another is inside.
   */
  Lock computing();

  /** Where each tensor lies in the flat arrays. */
  Layout layout();

  /** The manager that makes arrays on this network's device. */
  NDManager manager();

  /** How many numbers an image has: channels times height times width. */
  int imageSize();

  /** How many logits an image gets. */
  int classes();

  /** The number type of all arrays but labels. */
  Precision precision();

  /**
   * θ: all trainable weights; shape {@code (layout().weightCount())}. Writing to it is training.
   */
  NDArray weights();

  /** ∇L at the last call of {@link #differentiate}; same shape as the weights. */
  NDArray gradient();

  /** The mean of each batch-normalised channel over the last training batch. */
  NDArray batchMeans();

  /**
   * The variance of each batch-normalised channel over the last training batch, divided by n (not n
   * − 1).
   */
  NDArray batchVariances();

  /** Sets the weights that are not trained. */
  void setFixedWeights(double[] values);

  /**
   * Sets what each normalisation adds to the variance, in topological order. Takes about as long as
   * a step on MXNet, whose graph is planned anew.
   *
   * @param epsilons &gt; 0, one for each normalisation
   */
  void setEpsilons(double... epsilons);

  /**
   * Brings examples to the device; those of the call before are valid no longer.
   *
   * @param images {@code (batch, channel, height, width)}, flat
   * @param labels {@code (batch)}
   */
  Examples examples(float[] images, int[] labels);

  /**
   * The gradient of the mean cross entropy of a training batch, batch-normalised by the batch's own
   * statistics, goes to {@link #gradient}.
   *
   * @return the logits, {@code (batch, class)}
   */
  NDArray differentiate(Examples batch);

  /** Sets the means and variances that batch normalisation uses in {@link #evaluate}. */
  void useStatistics(NDArray means, NDArray variances);

  /** The logits, {@code (batch, class)}, batch-normalised with the statistics in use. */
  NDArray evaluate(Examples batch);

  /** Copies all values of an array of the engine into another of the same shape. */
  void copy(NDArray from, NDArray to);

  /**
   * All values of an array like {@link #weights}, in the layout's order: on a GPU convolutions keep
   * theirs with channels last.
   */
  double[] read(NDArray weights);

  /** The values of one tensor in an array like {@link #weights}, in the order of its shape. */
  double[] read(NDArray weights, Tensor tensor);

  /**
   * Fills an array like {@link #weights}.
   *
   * @param values in the layout's order, rounded to the network's number type
   */
  void write(double[] values, NDArray weights);

  /**
   * Whether images should lie in memory with channels last: their shape is the same, {@code (batch,
   * channel, height, width)}, and their strides are those of {@code (batch, height, width,
   * channel)}.
   */
  boolean channelsLast();

  /**
   * Prepares a computation on this network's arrays to be run many times.
   *
   * @param computation calls operations of the engine; see {@link Program} for what it must not do
   * @return to be closed before the network
   */
  Program program(Runnable computation);

  @Override
  void close();
}
