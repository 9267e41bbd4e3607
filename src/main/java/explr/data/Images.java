package explr.data;

import explr.file.Digests;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Labelled colour images of 32 × 32 pixels, immutable.
 *
 * <p>Pixels are bytes in 0…255 in the layout (n, channel 3, height 32, width 32) with channels in
 * the order red, green, blue; a label is a number from 0.
 */
public final class Images {

  /** Channels of an image. */
  public static final int CHANNELS = 3;

  /** Height and width of an image. */
  public static final int SIDE = 32;

  /** Values of an image: 3 · 32 · 32 = 3072. */
  public static final int VALUES = CHANNELS * SIDE * SIDE;

  private final byte[] pixels;
  private final byte[] labels;

  /** What was asked for last: every run of a profile takes the same images. */
  private volatile First lastFirst;

  /** All of these images, digested once. */
  private volatile MessageDigest digested;

  private record First(int count, int classes, Images images) {}

  /** Takes the arrays over: who calls this must not write to them any more. */
  Images(byte[] pixels, byte[] labels) {
    if (pixels.length != (long) labels.length * VALUES) {
      throw new IllegalArgumentException(
          "%d labels need %d bytes of pixels (3 × 32 × 32 an image), not %d"
              .formatted(labels.length, (long) labels.length * VALUES, pixels.length));
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0) {
        throw new IllegalArgumentException(
            "the label of image %d is %d; labels are 0…127".formatted(i, labels[i]));
      }
    }
    this.pixels = pixels;
    this.labels = labels;
  }

  /**
   * Images of one's own; the arrays are copied.
   *
   * @param pixels layout (n, channel 3, height 32, width 32), unsigned bytes
   * @param labels n numbers from 0 to 127
   * @throws IllegalArgumentException if the lengths do not fit, or a label is negative
   */
  public static Images of(byte[] pixels, byte[] labels) {
    return new Images(pixels.clone(), labels.clone());
  }

  /** The number of images n. */
  public int size() {
    return labels.length;
  }

  /** The label of an image. */
  public int label(int image) {
    return labels[image];
  }

  /** A pixel's value in 0…255. */
  public int value(int image, int channel, int y, int x) {
    return pixels[image * VALUES + (channel * SIDE + y) * SIDE + x] & 0xFF;
  }

  /**
   * The pixels of some images, not to be written to; layout (n, channel 3, height 32, width 32).
   *
   * @param from the first
   * @param to the one after the last
   */
  public ByteBuffer pixels(int from, int to) {
    return ByteBuffer.wrap(pixels, from * VALUES, (to - from) * VALUES).slice().asReadOnlyBuffer();
  }

  /** How many images bear each of the labels 0…classes−1. */
  public int[] countPerClass(int classes) {
    int[] counts = new int[classes];
    for (byte label : labels) {
      counts[label]++;
    }
    return counts;
  }

  /**
   * The first images in their order, with classes as balanced as the order gives.
   *
   * <p>Each class may fill count / classes places (the first count mod classes of them one more) by
   * its earliest images; places that a rare class leaves empty go to the earliest images left over.
   *
   * @param count 1…n
   * @param classes the number of classes
   */
  Images first(int count, int classes) {
    if (count < 1 || count > size()) {
      throw new IllegalArgumentException(
          "cannot take %d of %d images; ask for 1 to %d".formatted(count, size(), size()));
    }
    if (count == size()) {
      return this;
    }
    First last = lastFirst;
    if (last == null || last.count != count || last.classes != classes) {
      last = new First(count, classes, balanced(count, classes));
      lastFirst = last;
    }
    return last.images;
  }

  private Images balanced(int count, int classes) {
    int[] room = new int[classes];
    for (int c = 0; c < classes; c++) {
      room[c] = count / classes + (c < count % classes ? 1 : 0);
    }
    boolean[] taken = new boolean[size()];
    int missing = count;
    for (int i = 0; i < size(); i++) {
      if (room[labels[i]] > 0) {
        room[labels[i]]--;
        taken[i] = true;
        missing--;
      }
    }
    for (int i = 0; missing > 0; i++) {
      if (!taken[i]) {
        taken[i] = true;
        missing--;
      }
    }
    return only(taken, count);
  }

  private Images only(boolean[] taken, int count) {
    byte[] somePixels = new byte[count * VALUES];
    byte[] someLabels = new byte[count];
    int to = 0;
    for (int i = 0; i < size(); i++) {
      if (taken[i]) {
        System.arraycopy(pixels, i * VALUES, somePixels, to * VALUES, VALUES);
        someLabels[to++] = labels[i];
      }
    }
    return new Images(somePixels, someLabels);
  }

  /** Adds these images to a digest: their number, the labels, the pixels. */
  void digest(MessageDigest digest) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(size()).array());
    digest.update(labels);
    digest.update(pixels);
  }

  /** A SHA-256 that these images were added to, and nothing else; to be gone on with. */
  MessageDigest digested() {
    if (digested == null) {
      MessageDigest digest = Digests.of("SHA-256");
      digest(digest);
      digested = digest;
    }
    try {
      return (MessageDigest) digested.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("Java's own SHA-256 can be copied", e);
    }
  }

  /** The pixels themselves, not to be written to. */
  byte[] pixels() {
    return pixels;
  }

  /** The labels themselves, not to be written to. */
  byte[] labels() {
    return labels;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Images images
        && Arrays.equals(labels, images.labels)
        && Arrays.equals(pixels, images.pixels);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(labels) + Arrays.hashCode(pixels);
  }

  @Override
  public String toString() {
    return "%d images".formatted(size());
  }
}
