package explr.network;

/**
 * A fully connected network (Li &amp; Arora 2020, Figures 8 and 12): hidden layers of
 * linear–norm–ReLU, then a linear layer that stays at its random start. The last normalisation has
 * no affine part.
 */
public final class FullyConnected {

  private FullyConnected() {}

  /**
   * A fully connected network for the 32 × 32 images of CIFAR-10.
   *
   * @param layers the number of hidden layers, ≥ 1
   * @param features in each of them, ≥ 1
   * @param layer every normalisation, not instance normalisation; the last one without its affine
   *     part
   */
  public static Architecture of(int layers, int features, NormLayer layer) {
    if (layers < 1 || features < 1) {
      throw new IllegalArgumentException(
          "a fully connected network has at least 1 hidden layer of at least 1 feature, not %d of %d"
              .formatted(layers, features));
    }
    Architecture.Builder net =
        Architecture.builder(
            "fully connected, %d × %d, %s normalisation".formatted(layers, features, layer));
    Node x = net.flatten(Cifar.input(net));
    for (int i = 1; i <= layers; i++) {
      x = net.linear("linear" + i, x, features);
      x = net.normalization("norm" + i, x, i == layers ? layer.withoutAffine() : layer);
      x = net.relu(x);
    }
    return Cifar.classify(net, x);
  }
}
