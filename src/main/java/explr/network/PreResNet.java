package explr.network;

/**
 * The pre-activation residual network that the paper trains (He et al. 2016b; Li &amp; Arora 2020,
 * Figures 11 and 14).
 *
 * <p>A convolution, then three stages of n = (depth − 2) / 6 blocks with 16, 32 and 64 times {@code
 * width} channels, the second and third starting with stride 2, then normalisation, ReLU, pooling
 * and a linear layer that stays at its random start. A block adds to its input
 * norm–ReLU–conv–norm–ReLU–conv of it; where the shape changes, a 1×1 convolution of the normalised
 * input takes the place of the input, without which the network would not be scale invariant. No
 * layer has a bias; scale and bias of every normalisation are fixed at 1 and 0.
 *
 * <p>With trainable affine parts, every convolution but the first reads activations of degree 1, so
 * a block's output has degree 2 and the start must have it, too: norm–ReLU–conv follow the first
 * convolution (Figure 14a). The last normalisation has no affine part.
 */
public final class PreResNet {

  private PreResNet() {}

  /** PreResNet of a depth 6n + 2 at the published width. */
  public static Architecture depth(int depth) {
    return of(depth, 1);
  }

  /**
   * PreResNet for the 32 × 32 images of CIFAR-10, as the paper trains it.
   *
   * @param depth 6n + 2 with n ≥ 1: 8, 14, 20, 26, 32, …
   * @param width a factor on the number of channels, ≥ 1; 1 as published
   */
  public static Architecture of(int depth, int width) {
    return of(depth, width, NormLayer.batch());
  }

  /**
   * PreResNet with another normalisation, or with trainable affine parts.
   *
   * @param depth 6n + 2 with n ≥ 1; with affine parts there is one convolution more
   * @param width a factor on the number of channels, ≥ 1
   * @param layer every normalisation; the last one without its affine part
   */
  public static Architecture of(int depth, int width, NormLayer layer) {
    Residual.check("PreResNet", depth, width);
    Architecture.Builder net =
        Architecture.builder(Residual.name("PreResNet", depth, width, layer));
    Node x = start(net, Cifar.input(net), Residual.channels(1, width), layer);
    x = Residual.stages(x, depth, width, (name, from, c, s) -> block(net, name, from, c, s, layer));
    x = net.relu(net.normalization("norm", x, layer.withoutAffine()));
    return Cifar.classify(net, net.globalAveragePool(x));
  }

  /** What stands before the first block; its output has the degree of a block's. */
  static Node start(Architecture.Builder net, Node input, int channels, NormLayer layer) {
    Node x = net.convolution("conv", input, channels, 3, 1);
    if (!layer.affine()) {
      return x;
    }
    x = net.relu(net.normalization("start.norm", x, layer));
    return net.convolution("start.conv", x, channels, 3, 1);
  }

  /** A block, with downsampling where channels or stride change the shape. */
  static Node block(
      Architecture.Builder net, String name, Node from, int channels, int stride, NormLayer layer) {
    Node active = net.relu(net.normalization(name + ".norm1", from, layer));
    Node x = net.convolution(name + ".conv1", active, channels, 3, stride);
    x = net.relu(net.normalization(name + ".norm2", x, layer));
    x = net.convolution(name + ".conv2", x, channels, 3, 1);
    Node shortcut =
        Residual.keepsShape(from, channels, stride)
            ? from
            : net.convolution(name + ".shortcut", active, channels, 1, stride);
    return net.add(name + ".add", x, shortcut);
  }
}
