package explr.network;

/**
 * A convolutional network without shortcuts (Li &amp; Arora 2020, Figures 8 and 12).
 *
 * <p>Three stages of conv–norm–ReLU with 16, 32 and 64 times {@code width} channels and 2×2 maximum
 * pooling between them, then pooling over the image and a linear layer that stays at its random
 * start. The last normalisation has no affine part.
 */
public final class PlainCnn {

  private static final int STAGES = 3;

  private PlainCnn() {}

  /**
   * A plain network for the 32 × 32 images of CIFAR-10.
   *
   * @param convolutions in each of the three stages, ≥ 1
   * @param width a factor on the number of channels, ≥ 1
   * @param layer every normalisation; the last one without its affine part
   */
  public static Architecture of(int convolutions, int width, NormLayer layer) {
    if (convolutions < 1 || width < 1) {
      throw new IllegalArgumentException(
          "a plain CNN has at least 1 convolution in a stage and a width of at least 1, not %d and %d"
              .formatted(convolutions, width));
    }
    Architecture.Builder net =
        Architecture.builder(
            "plain CNN of %d convolutions, width %d, %s normalisation"
                .formatted(STAGES * convolutions, width, layer));
    Node x = Cifar.input(net);
    for (int stage = 1; stage <= STAGES; stage++) {
      for (int i = 1; i <= convolutions; i++) {
        String name = "stage" + stage + ".conv" + i;
        boolean last = stage == STAGES && i == convolutions;
        x = net.convolution(name, x, (8 << stage) * width, 3, 1);
        x = net.normalization(name + ".norm", x, last ? layer.withoutAffine() : layer);
        x = net.relu(x);
      }
      if (stage < STAGES) {
        x = net.maxPool(x, 2);
      }
    }
    return Cifar.classify(net, net.globalAveragePool(x));
  }
}
