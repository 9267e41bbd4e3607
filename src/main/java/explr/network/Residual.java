package explr.network;

/** What the residual networks for CIFAR-10 have in common: three stages of blocks. */
final class Residual {

  private static final int STAGES = 3;

  // Larger ones fit no machine, and describing them alone would take all memory.
  private static final int DEEPEST = 10_000;
  private static final int WIDEST = 1000;

  private Residual() {}

  /** Adds a block to a network. */
  @FunctionalInterface
  interface Block {

    /** The output of a block that reads {@code from}. */
    Node add(String name, Node from, int channels, int stride);
  }

  /** All blocks, the first of the second and the third stage with stride 2. */
  static Node stages(Node from, int depth, int width, Block block) {
    Node x = from;
    for (int stage = 1; stage <= STAGES; stage++) {
      for (int i = 1; i <= (depth - 2) / (2 * STAGES); i++) {
        int stride = stage > 1 && i == 1 ? 2 : 1;
        x = block.add("stage" + stage + ".block" + i, x, channels(stage, width), stride);
      }
    }
    return x;
  }

  /** 16, 32, 64 times the width. */
  static int channels(int stage, int width) {
    return (8 << stage) * width;
  }

  static boolean keepsShape(Node from, int channels, int stride) {
    return stride == 1 && from.channels() == channels;
  }

  static String name(String kind, int depth, int width, NormLayer layer) {
    return kind
        + "-"
        + depth
        + (width == 1 ? "" : " (width " + width + ")")
        + (layer.equals(NormLayer.batch()) ? "" : ", " + layer + " normalisation");
  }

  static void check(String kind, int depth, int width) {
    if (depth < 8 || (depth - 2) % 6 != 0) {
      throw new IllegalArgumentException(
          "the depth of a %s is 6n + 2 (8, 14, 20, 26, 32, …), not %d".formatted(kind, depth));
    }
    if (depth > DEEPEST || width > WIDEST) {
      throw new IllegalArgumentException(
          "a %s has a depth of at most %d and a width of at most %d, not %d and %d"
              .formatted(kind, DEEPEST, WIDEST, depth, width));
    }
    if (width < 1) {
      throw new IllegalArgumentException(
          "the width of a %s is a factor of at least 1, not %d".formatted(kind, width));
    }
  }
}
