package explr.data;

/**
 * The images and labels of one iteration.
 *
 * <p>The arrays are not copied. Those of a batch that came from a {@link BatchStream} are
 * overwritten once the next one is asked for.
 */
public final class Batch {

  private final float[] images;
  private final int[] labels;
  private long iteration;
  private int valid;

  Batch(int size) {
    images = new float[size * Images.VALUES];
    labels = new int[size];
  }

  /** Makes this the batch of an iteration. */
  void become(Batches batches, long newIteration) {
    batches.fill(newIteration, images, labels);
    iteration = newIteration;
    valid = batches.valid(newIteration);
  }

  /** The iteration t that this batch belongs to. */
  public long iteration() {
    return iteration;
  }

  /** Normalised values, layout (batch, channel 3, height 32, width 32). */
  public float[] images() {
    return images;
  }

  /** A label for each image. */
  public int[] labels() {
    return labels;
  }

  /** The number of images in the batch, padding included. */
  public int size() {
    return labels.length;
  }

  /** How many images, from the first, count; fewer than {@link #size} only where one is padded. */
  public int valid() {
    return valid;
  }
}
