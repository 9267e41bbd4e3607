package explr.engine;

import ai.djl.ndarray.NDArray;

/**
 * Images and labels on a device.
 *
 * @param images {@code (batch, channel, height, width)}
 * @param labels {@code (batch)}
 */
public record Examples(NDArray images, NDArray labels) implements AutoCloseable {
  @Override
  public void close() {
    images.close();
    labels.close();
  }
}
