package explr.network;

/**
 * One operation of a network: the modules of Appendix E, with the neutral ones (ReLU, pooling) made
 * explicit. Shapes of activations are {@code (batch, channel, height, width)}, or {@code (batch,
 * feature)} behind {@link Flatten} and {@link GlobalAveragePool}; a feature counts as a channel.
 */
public sealed interface Layer {

  /**
   * Whether the output always has the input's degree of homogeneity, so that the module can be left
   * out of a drawing: ReLU, pooling, and linear maps that are not trained.
   */
  default boolean neutral() {
    return this instanceof Relu
        || this instanceof MaxPool
        || this instanceof AveragePool
        || this instanceof GlobalAveragePool
        || this instanceof Flatten
        || this instanceof Linear linear && !linear.trainable();
  }

  /** The images. */
  record Input(int channels, int height, int width) implements Layer {

    /** How many numbers an image has. */
    public int values() {
      return channels * height * width;
    }
  }

  /**
   * A trainable convolution without bias, padded so that stride 1 keeps height and width. Weights
   * are {@code (outputChannels, inputChannels, kernel, kernel)}.
   */
  record Convolution(int inputChannels, int outputChannels, int kernel, int stride)
      implements Layer {}

  /**
   * A linear layer without bias on {@code (batch, inputs)}. Weights are {@code (outputs, inputs)}.
   *
   * @param trainable false for a layer that stays at its random start
   */
  record Linear(int inputs, int outputs, boolean trainable) implements Layer {}

  /** Adds a trainable number to every channel. */
  record Bias(int channels) implements Layer {}

  /** The sum of two activations of the same shape. */
  record Add() implements Layer {}

  /**
   * Normalisation to mean 0 and variance 1; with affine part, then a trainable scale and bias for
   * every channel.
   */
  record Normalization(NormLayer layer, int channels) implements Layer {}

  /** max(0, x). */
  record Relu() implements Layer {}

  /** The maximum over squares of {@code size} × {@code size} that do not overlap. */
  record MaxPool(int size) implements Layer {}

  /** The mean over squares of {@code size} × {@code size} that do not overlap. */
  record AveragePool(int size) implements Layer {}

  /** The mean over height and width: {@code (batch, channel)}. */
  record GlobalAveragePool() implements Layer {}

  /** All values of an image in a row: {@code (batch, channel · height · width)}. */
  record Flatten() implements Layer {}
}
