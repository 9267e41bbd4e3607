package explr.network;

/**
 * Which normalisation a network uses: over what it takes mean and variance, and whether it has a
 * trainable affine part, a scale and a bias for each channel.
 *
 * @param kind over what mean and variance are taken
 * @param groups the number of groups of channels, ≥ 1; 0 for kinds other than {@link Kind#GROUP}
 * @param affine whether the normalised activations are multiplied by a trainable scale and a
 *     trainable bias is added; if not, scale and bias are 1 and 0
 */
public record NormLayer(Kind kind, int groups, boolean affine) {

  /** Over what mean and variance are taken. */
  public enum Kind {
    /** All images of the batch and all positions: one mean a channel. */
    BATCH,
    /** A group of channels of one image, at all positions. */
    GROUP,
    /** All channels of one image, at all positions: group normalisation with one group. */
    LAYER,
    /** One channel of one image, at all positions: group normalisation with a group a channel. */
    INSTANCE
  }

  /** Refuses fewer than one group. */
  public NormLayer {
    if (kind == Kind.GROUP ? groups < 1 : groups != 0) {
      throw new IllegalArgumentException(
          kind == Kind.GROUP
              ? "group normalisation has at least one group, not " + groups
              : "only group normalisation takes a number of groups");
    }
  }

  /** Batch normalisation, scale and bias fixed at 1 and 0, as the paper trains. */
  public static NormLayer batch() {
    return new NormLayer(Kind.BATCH, 0, false);
  }

  /** Group normalisation, scale and bias fixed at 1 and 0. */
  public static NormLayer group(int groups) {
    return new NormLayer(Kind.GROUP, groups, false);
  }

  /** Layer normalisation, scale and bias fixed at 1 and 0. */
  public static NormLayer layer() {
    return new NormLayer(Kind.LAYER, 0, false);
  }

  /** Instance normalisation, scale and bias fixed at 1 and 0. */
  public static NormLayer instance() {
    return new NormLayer(Kind.INSTANCE, 0, false);
  }

  /** The same with trainable scale and bias. */
  public NormLayer withAffine() {
    return new NormLayer(kind, groups, true);
  }

  /** The same with scale and bias fixed at 1 and 0. */
  public NormLayer withoutAffine() {
    return new NormLayer(kind, groups, false);
  }

  /**
   * Whether each of so many channels has a mean of its own. Then a bias directly before the
   * normalisation is subtracted again and has no effect (Li &amp; Arora 2020, Remark E.2).
   */
  public boolean centersEachChannel(int channels) {
    return kind == Kind.BATCH || groupsOf(channels) == channels;
  }

  /**
   * How many groups the channels of one image are normalised in.
   *
   * @throws IllegalStateException for batch normalisation, which does not normalise images alone
   */
  public int groupsOf(int channels) {
    return switch (kind) {
      case GROUP -> groups;
      case LAYER -> 1;
      case INSTANCE -> channels;
      case BATCH -> throw new IllegalStateException("batch normalisation has no groups");
    };
  }

  /** As shown to a reader: {@code batch}, {@code group (4)}, with {@code , affine} behind it. */
  @Override
  public String toString() {
    String name = kind.name().toLowerCase(java.util.Locale.ROOT);
    return name + (kind == Kind.GROUP ? " (" + groups + ")" : "") + (affine ? ", affine" : "");
  }
}
