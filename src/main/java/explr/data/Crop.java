package explr.data;

/**
 * Which pixels a batch shows of an image: pixel (y, x) of what the network reads is pixel (y + dy,
 * x + dx) of the image, black where the image has none; x runs from right to left if it is flipped.
 *
 * @param image index of the image
 * @param dy rows, −{@link #PADDING}…{@link #PADDING}
 * @param dx columns, −{@link #PADDING}…{@link #PADDING}
 * @param flipped whether columns are mirrored after the shift
 */
public record Crop(int image, int dy, int dx, boolean flipped) {

  /** The largest shift, and the black pixels on each side of a padded image. */
  public static final int PADDING = 4;

  private static final int SHIFTS = 2 * PADDING + 1;

  /** The number of crops of an image. */
  static final int CHOICES = SHIFTS * SHIFTS * 2;

  /** An image as it is. */
  static Crop whole(int image) {
    return new Crop(image, 0, 0, false);
  }

  /**
   * A crop of an image.
   *
   * @param choice 0…{@link #CHOICES} − 1
   */
  static Crop of(int image, int choice) {
    return new Crop(
        image,
        choice % SHIFTS - PADDING,
        choice / SHIFTS % SHIFTS - PADDING,
        choice >= SHIFTS * SHIFTS);
  }
}
