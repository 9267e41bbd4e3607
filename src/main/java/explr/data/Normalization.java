package explr.data;

/**
 * How the values of each channel are shifted and scaled before a network sees them.
 *
 * <pre>
 *   x = (v / 255 − mean) / standard deviation,   v in 0…255
 * </pre>
 *
 * @param red the first channel
 * @param green the second channel
 * @param blue the third channel
 */
public record Normalization(Channel red, Channel green, Channel blue) {

  /**
   * A channel's mean and standard deviation, of values scaled to 0…1.
   *
   * @param mean any finite number
   * @param standardDeviation a positive number
   */
  public record Channel(double mean, double standardDeviation) {

    /** Refuses what cannot be divided by. */
    public Channel {
      if (!Double.isFinite(mean)
          || !Double.isFinite(standardDeviation)
          || !(standardDeviation > 0)) {
        throw new IllegalArgumentException(
            "a channel needs a finite mean and a positive standard deviation, not %s and %s"
                .formatted(mean, standardDeviation));
      }
    }
  }

  /**
   * Mean and standard deviation over all pixels of CIFAR-10's 50,000 training images, to four
   * digits: (0.4914, 0.4822, 0.4465) and (0.2470, 0.2435, 0.2616).
   *
   * <p>Used for CIFAR-10, its subsets and the embedded sample alike, so that a network trained on
   * one may be evaluated on another and runs on different sources differ in their images only. (The
   * deviations (0.2023, 0.1994, 0.2010) that much code carries are means of the deviations within
   * single images, a smaller quantity.)
   */
  public static final Normalization CIFAR10 =
      new Normalization(
          new Channel(0.4914, 0.2470), new Channel(0.4822, 0.2435), new Channel(0.4465, 0.2616));

  /** The normalised value of every byte, (channel 3, value 256). */
  float[][] table() {
    Channel[] channels = {red, green, blue};
    float[][] table = new float[channels.length][256];
    for (int c = 0; c < channels.length; c++) {
      for (int v = 0; v < 256; v++) {
        table[c][v] = (float) ((v / 255.0 - channels[c].mean) / channels[c].standardDeviation);
      }
    }
    return table;
  }
}
