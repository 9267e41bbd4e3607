package explr.network;

/**
 * The residual network for CIFAR-10 (He et al. 2016a), made scale invariant (Li &amp; Arora 2020,
 * Figures 10 and 13).
 *
 * <p>conv–norm–ReLU, then three stages of n = (depth − 2) / 6 blocks with 16, 32 and 64 times
 * {@code width} channels. A block adds to its input conv–norm–ReLU–conv–norm of it, with a ReLU
 * behind the sum; where the shape changes, conv–norm takes the place of the input. Before pooling
 * and the fixed linear layer stands one more normalisation, without affine part, and a ReLU: with
 * trainable affine parts a block's output has degree 1.
 */
public final class ResNet {

  private ResNet() {}

  /** ResNet of a depth 6n + 2 at the published width, with batch normalisation without affine. */
  public static Architecture depth(int depth) {
    return of(depth, 1, NormLayer.batch());
  }

  /**
   * ResNet for the 32 × 32 images of CIFAR-10.
   *
   * @param depth 6n + 2 with n ≥ 1
   * @param width a factor on the number of channels, ≥ 1
   * @param layer every normalisation; the last one without its affine part
   */
  public static Architecture of(int depth, int width, NormLayer layer) {
    Residual.check("ResNet", depth, width);
    Architecture.Builder net = Architecture.builder(Residual.name("ResNet", depth, width, layer));
    Node x = start(net, Cifar.input(net), Residual.channels(1, width), layer);
    x = Residual.stages(x, depth, width, (name, from, c, s) -> block(net, name, from, c, s, layer));
    // Without the ReLU the mean over the image of what instance normalisation gives would be 0.
    x = net.relu(net.normalization("norm", x, layer.withoutAffine()));
    return Cifar.classify(net, net.globalAveragePool(x));
  }

  /** What stands before the first block; its output has the degree of a block's. */
  static Node start(Architecture.Builder net, Node input, int channels, NormLayer layer) {
    Node x = net.convolution("conv", input, channels, 3, 1);
    return net.relu(net.normalization("conv.norm", x, layer));
  }

  /** A block, with downsampling where channels or stride change the shape. */
  static Node block(
      Architecture.Builder net, String name, Node from, int channels, int stride, NormLayer layer) {
    Node x = net.convolution(name + ".conv1", from, channels, 3, stride);
    x = net.relu(net.normalization(name + ".norm1", x, layer));
    x = net.convolution(name + ".conv2", x, channels, 3, 1);
    x = net.normalization(name + ".norm2", x, layer);
    Node shortcut = from;
    if (!Residual.keepsShape(from, channels, stride)) {
      shortcut = net.convolution(name + ".shortcut", from, channels, 1, stride);
      shortcut = net.normalization(name + ".shortcut.norm", shortcut, layer);
    }
    return net.relu(net.add(name + ".add", x, shortcut));
  }
}
