package explr.network;

import java.util.List;

/**
 * The networks that Appendix E of Li &amp; Arora (2020) draws, at the smallest size that shows
 * their pattern, and those that it warns of.
 *
 * <p>All read 8 × 8 images of three channels and have eight channels inside, so that one computes
 * in milliseconds whether scaled weights change what it says. Blocks and starts are the ones that
 * {@link ResNet} and {@link PreResNet} are made of.
 */
public final class AppendixE {

  private static final int SIZE = 8;
  private static final int CHANNELS = 8;
  private static final int CLASSES = 10;

  private AppendixE() {}

  /**
   * Figure 7: each basic module behind what gives its input a degree. The last one is what a
   * normalisation with affine part consists of; a 1×1 convolution stands for the scales, since a
   * diagonal linear layer raises the degree as any other (Remark E.2). Parts, not networks: most
   * have no output of degree 0.
   */
  public static List<Architecture> modules() {
    return List.of(
        part("input", (net, x) -> {}),
        part("linear layer", (net, x) -> convolution(net, "linear", x)),
        part("bias", (net, x) -> net.bias("bias", convolution(net, "linear", x))),
        part(
            "sum",
            (net, x) -> net.add("sum", convolution(net, "left", x), convolution(net, "right", x))),
        part(
            "normalisation",
            (net, x) -> net.batchNormalization("norm", convolution(net, "linear", x))),
        part(
            "normalisation with affine part",
            (net, x) ->
                net.normalization(
                    "norm", convolution(net, "linear", x), NormLayer.batch().withAffine())),
        part(
            "the same, taken apart",
            (net, x) -> {
              Node normalized = net.batchNormalization("norm", convolution(net, "linear", x));
              net.bias("bias", net.convolution("scale", normalized, CHANNELS, 1, 1));
            }));
  }

  /** Figures 8 and, with affine parts, 12: layers one after another. */
  public static Architecture plain(NormLayer layer) {
    Architecture.Builder net = builder("plain", layer);
    Node x = convolution(net, "conv1", input(net));
    x = net.relu(net.normalization("norm1", x, layer));
    x = convolution(net, "conv2", x);
    x = net.relu(net.normalization("norm2", x, layer));
    return end(net, convolution(net, "conv3", x), layer.withoutAffine());
  }

  /** Figures 10 and, with affine parts, 13: start, block, block with downsampling. */
  public static Architecture resNet(NormLayer layer) {
    Architecture.Builder net = builder("ResNet", layer);
    Node x = ResNet.start(net, input(net), CHANNELS, layer);
    x = ResNet.block(net, "block", x, CHANNELS, 1, layer);
    return end(net, ResNet.block(net, "D-block", x, 2 * CHANNELS, 2, layer), layer.withoutAffine());
  }

  /** Figures 11 and, with affine parts, 14: start, block, block with downsampling. */
  public static Architecture preResNet(NormLayer layer) {
    Architecture.Builder net = builder("PreResNet", layer);
    Node x = PreResNet.start(net, input(net), CHANNELS, layer);
    return preActivationBlocks(net, x, layer);
  }

  /**
   * Figure 15: the plain network with a trainable bias behind each linear layer. With affine parts
   * the second bias reads degree 2, and only batch and instance normalisation take it away again.
   */
  public static Architecture biased(NormLayer layer) {
    Architecture.Builder net = builder("linear layers with bias", layer);
    Node x = net.bias("bias1", convolution(net, "conv1", input(net)));
    x = net.relu(net.normalization("norm1", x, layer));
    x = net.bias("bias2", convolution(net, "conv2", x));
    x = net.relu(net.normalization("norm2", x, layer));
    return end(net, convolution(net, "conv3", x), layer.withoutAffine());
  }

  /** A last normalisation that has trainable scales and biases as all others: not invariant. */
  public static Architecture affineEnd(NormLayer layer) {
    NormLayer affine = layer.withAffine();
    Architecture.Builder net = builder("plain with an affine end", affine);
    Node x = convolution(net, "conv1", input(net));
    x = net.relu(net.normalization("norm1", x, affine));
    return end(net, convolution(net, "conv2", x), affine);
  }

  /**
   * PreResNet with affine parts behind the usual start of one convolution: its identity shortcut
   * adds degree 1 to degree 2. Not invariant.
   */
  public static Architecture usualStart(NormLayer layer) {
    NormLayer affine = layer.withAffine();
    Architecture.Builder net = builder("PreResNet with the usual start", affine);
    return preActivationBlocks(net, convolution(net, "conv", input(net)), affine);
  }

  private static Architecture preActivationBlocks(
      Architecture.Builder net, Node start, NormLayer layer) {
    Node x = PreResNet.block(net, "block", start, CHANNELS, 1, layer);
    return end(
        net, PreResNet.block(net, "D-block", x, 2 * CHANNELS, 2, layer), layer.withoutAffine());
  }

  private static Architecture end(Architecture.Builder net, Node x, NormLayer last) {
    Node normalized = net.relu(net.normalization("norm", x, last));
    net.fixedLinear("classifier", net.globalAveragePool(normalized), CLASSES);
    return net.build();
  }

  private static Architecture.Builder builder(String name, NormLayer layer) {
    return Architecture.builder("%s, %s normalisation".formatted(name, layer));
  }

  private static Node input(Architecture.Builder net) {
    return net.input(3, SIZE, SIZE);
  }

  private static Node convolution(Architecture.Builder net, String name, Node from) {
    return net.convolution(name, from, CHANNELS, 3, 1);
  }

  /** Adds modules to a graph that has an input. */
  @FunctionalInterface
  private interface Part {
    void add(Architecture.Builder net, Node input);
  }

  private static Architecture part(String name, Part part) {
    Architecture.Builder net = Architecture.builder(name);
    part.add(net, input(net));
    return net.build();
  }
}
