package explr.schedule;

/**
 * How many iterations an epoch has; turns numbers of epochs into numbers of iterations.
 *
 * @param iterationsEach iterations of one epoch, ≥ 1; 391 for CIFAR-10 in batches of 128
 */
public record Epochs(long iterationsEach) {

  /** Refuses epochs of no iterations. */
  public Epochs {
    if (iterationsEach < 1) {
      throw new IllegalArgumentException(
          "an epoch needs at least one iteration, not " + iterationsEach);
    }
  }

  /** Epochs of so many iterations each. */
  public static Epochs of(long iterationsEach) {
    return new Epochs(iterationsEach);
  }

  /**
   * Epochs that show every image once, the last batch being smaller where they do not divide
   * evenly.
   *
   * @param images number of images, ≥ 1
   * @param batchSize images in a batch, ≥ 1
   */
  public static Epochs ofImages(long images, long batchSize) {
    if (images < 1 || batchSize < 1) {
      throw new IllegalArgumentException(
          "an epoch needs images and a batch size of at least 1, not %d and %d"
              .formatted(images, batchSize));
    }
    return new Epochs((images - 1) / batchSize + 1);
  }

  /** The number of iterations in so many epochs, ≥ 0; also the first iteration after them. */
  public long iterations(long epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException("the number of epochs must not be negative: " + epochs);
    }
    return Math.multiplyExact(epochs, iterationsEach);
  }

  /** The epoch, counted from 0, in which an iteration lies. */
  public long epochOf(long iteration) {
    return Math.floorDiv(iteration, iterationsEach);
  }
}
