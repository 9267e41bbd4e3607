package explr.network;

/**
 * The pre-activation residual network that the paper trains (He et al. 2016b; Li &amp; Arora 2020,
 * Figure 11).
 *
 * <p>A convolution, then three stages of n = (depth − 2) / 6 blocks with 16, 32 and 64 times {@code
 * width} channels, the second and third starting with stride 2, then normalisation, ReLU, pooling
 * and a linear layer that stays at its random start. A block adds to its input
 * norm–ReLU–conv–norm–ReLU–conv of it; where the shape changes, a 1×1 convolution of the normalised
 * input takes the place of the input, without which the network would not be scale invariant. No
 * layer has a bias; scale and bias of every normalisation are fixed at 1 and 0.
 */
public final class PreResNet {

  private static final int CLASSES = 10;

  private PreResNet() {}

  /** PreResNet of a depth 6n + 2 at the published width. */
  public static Architecture depth(int depth) {
    return of(depth, 1);
  }

  /**
   * PreResNet for the 32 × 32 images of CIFAR-10.
   *
   * @param depth 6n + 2 with n ≥ 1: 8, 14, 20, 26, 32, …
   * @param width a factor on the number of channels, ≥ 1; 1 as published
   */
  public static Architecture of(int depth, int width) {
    if (depth < 8 || (depth - 2) % 6 != 0) {
      throw new IllegalArgumentException(
          "the depth of a PreResNet is 6n + 2 (8, 14, 20, 26, 32, …), not " + depth);
    }
    if (width < 1) {
      throw new IllegalArgumentException(
          "the width of a PreResNet is a factor of at least 1, not " + width);
    }
    String name = "PreResNet-" + depth + (width == 1 ? "" : " (width " + width + ")");
    Architecture.Builder net = Architecture.builder(name);
    Node x = net.convolution("conv", net.input(3, 32, 32), 16 * width, 3, 1);
    for (int stage = 1; stage <= 3; stage++) {
      for (int block = 1; block <= (depth - 2) / 6; block++) {
        int stride = stage > 1 && block == 1 ? 2 : 1;
        x = block(net, "stage" + stage + ".block" + block, x, (8 << stage) * width, stride);
      }
    }
    x = net.relu(net.batchNormalization("norm", x));
    net.fixedLinear("classifier", net.globalAveragePool(x), CLASSES);
    return net.build();
  }

  private static Node block(
      Architecture.Builder net, String name, Node from, int channels, int stride) {
    Node active = net.relu(net.batchNormalization(name + ".norm1", from));
    Node x = net.convolution(name + ".conv1", active, channels, 3, stride);
    x = net.relu(net.batchNormalization(name + ".norm2", x));
    x = net.convolution(name + ".conv2", x, channels, 3, 1);
    boolean sameShape = stride == 1 && from.channels() == channels;
    Node shortcut =
        sameShape ? from : net.convolution(name + ".shortcut", active, channels, 1, stride);
    return net.add(name + ".add", x, shortcut);
  }
}
