package explr.benchmark;

import explr.data.Dataset;
import explr.data.Images;

/** Images repeated up to a given number, which cost a run as much as a large data set does. */
public final class RepeatedImages {

  private static final int TRAIN = 50_000;
  private static final int TEST = 10_000;

  private RepeatedImages() {}

  /** As many images as CIFAR-10 has: 50,000 for training and 10,000 for testing. */
  public static Dataset ofThePapersSize(Dataset data) {
    return of(data, TRAIN, TEST);
  }

  /**
   * A data set whose image i is image i mod n of another one, which has n of them.
   *
   * @param train number of training images, ≥ 1
   * @param test number of test images, ≥ 1
   */
  static Dataset of(Dataset data, int train, int test) {
    return new Dataset(
        data.source() + ", repeated",
        repeated(data.train(), train),
        repeated(data.test(), test),
        data.classes(),
        data.normalization());
  }

  private static Images repeated(Images images, int count) {
    byte[] all = new byte[images.size() * Images.VALUES];
    images.pixels(0, images.size()).get(all);
    byte[] pixels = new byte[Math.multiplyExact(count, Images.VALUES)];
    byte[] labels = new byte[count];
    for (int from = 0; from < count; from += images.size()) {
      int part = Math.min(images.size(), count - from);
      System.arraycopy(all, 0, pixels, from * Images.VALUES, part * Images.VALUES);
    }
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) images.label(i % images.size());
    }
    return Images.of(pixels, labels);
  }
}
