package explr.data;

import explr.data.CounterRandom.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Which batch belongs to iteration t, as a pure function of (images, seed, t).
 *
 * <p>Epoch e = ⌊t / P⌋ has P = ⌈n / B⌉ batches of B images. All have the same shape, because graphs
 * are compiled for a shape and batch statistics of a small rest are noisy: the last batch of an
 * epoch is filled up from the start of that epoch's own permutation. (PyTorch's loader gives a
 * smaller last batch instead. At n = 50,000, B = 128 both make 391 batches; here the last holds 80
 * images and 48 that the epoch has seen before.)
 *
 * <p>For training, images are shuffled every epoch and augmented as He et al. 2016 do: padded by 4
 * black pixels on each side, cropped at random to 32 × 32, flipped with probability ½; then
 * normalised. For evaluation they come in order and as they are.
 *
 * <p>No generator's state exists: a run resumes in mid-epoch, forks, or feeds two engines alike by
 * asking for the same t. Objects are immutable as far as callers see, and safe in several threads.
 */
public final class Batches {

  private final Images images;
  private final Normalization normalization;
  private final float[][] table;
  private final int size;
  private final long seed;
  private final boolean training;
  private final boolean augmented;

  /** The permutation used last: it saves time and decides nothing. */
  private volatile Order order = new Order(-1, new int[0]);

  private static final class Order {
    private final long epoch;
    private final int[] permutation;

    Order(long epoch, int[] permutation) {
      this.epoch = epoch;
      this.permutation = permutation;
    }
  }

  private Batches(
      Images images,
      Normalization normalization,
      int size,
      long seed,
      boolean training,
      boolean augmented) {
    if (size < 1) {
      throw new IllegalArgumentException("a batch needs at least one image, not " + size);
    }
    if (training && size > images.size()) {
      throw new IllegalArgumentException(
          "a batch of %d would repeat some of the %d images; choose a batch of at most %d"
              .formatted(size, images.size(), images.size()));
    }
    this.images = images;
    this.normalization = normalization;
    this.table = normalization.table();
    this.size = size;
    this.seed = seed;
    this.training = training;
    this.augmented = augmented;
  }

  /**
   * Shuffled and augmented batches of a data set's training images.
   *
   * @param size B, from 1 to the number of images
   * @param seed any number; another seed gives other orders, crops and flips
   */
  public static Batches training(Dataset data, int size, long seed) {
    return new Batches(data.train(), data.normalization(), size, seed, true, true);
  }

  /**
   * The images in order, unchanged but for the normalisation. The last batch is padded by images
   * from the start, of which {@link #valid} says that they do not count.
   *
   * @param size B ≥ 1; may exceed the number of images
   */
  public static Batches evaluation(Images images, Normalization normalization, int size) {
    return new Batches(images, normalization, size, 0, false, false);
  }

  /** The same batches in the same order without crops and flips. */
  public Batches withoutAugmentation() {
    return new Batches(images, normalization, size, seed, training, false);
  }

  /** The number of images in a batch, B. */
  public int size() {
    return size;
  }

  /** The number of images there are, n. */
  public int images() {
    return images.size();
  }

  /** The number of batches in an epoch, P = ⌈n / B⌉. */
  public int perEpoch() {
    return (images.size() + size - 1) / size;
  }

  /** How many images of iteration t's batch count: B, but for evaluation's padded last batch. */
  public int valid(long iteration) {
    long first = iteration % perEpoch() * size;
    return training ? size : (int) Math.min(size, images.size() - first);
  }

  /** The batch of iteration t ≥ 0, in arrays of its own. */
  public Batch at(long iteration) {
    Batch batch = new Batch(size);
    batch.become(this, iteration);
    return batch;
  }

  /**
   * Writes the batch of an iteration. Nothing is allocated, but for the permutation where a new
   * epoch begins.
   *
   * @param iteration t ≥ 0
   * @param into B · 3072 values, layout (batch, channel 3, height 32, width 32)
   * @param labels B labels
   */
  public void fill(long iteration, float[] into, int[] labels) {
    if (iteration < 0) {
      throw new IllegalArgumentException("iterations are counted from 0, not from " + iteration);
    }
    if (into.length != size * Images.VALUES || labels.length != size) {
      throw new IllegalArgumentException(
          "a batch of %d needs %d values and %d labels, not %d and %d"
              .formatted(size, size * Images.VALUES, size, into.length, labels.length));
    }
    Crops crops = new Crops(iteration);
    for (int b = 0; b < size; b++) {
      Crop crop = crops.at(b);
      labels[b] = images.label(crop.image());
      write(crop, into, b * Images.VALUES);
    }
  }

  /**
   * What {@link #fill} writes, as crops of {@link #source}: for a device that holds the images.
   *
   * @param iteration t ≥ 0
   */
  public List<Crop> crops(long iteration) {
    Crops crops = new Crops(iteration);
    return IntStream.range(0, size).mapToObj(crops::at).toList();
  }

  /** The images that batches are made of. */
  public Images source() {
    return images;
  }

  /** The normalised value of each byte, {@code (channel 3, value 256)}. */
  public float[][] normalized() {
    return normalization.table();
  }

  /** The crops of one iteration. */
  private final class Crops {
    private final int[] order;
    private final long choices;
    private final long first;

    Crops(long iteration) {
      order = training ? permutation(iteration / perEpoch()) : null;
      choices = CounterRandom.stream(seed, Purpose.AUGMENT, iteration);
      first = iteration % perEpoch() * size;
    }

    Crop at(int b) {
      int place = (int) ((first + b) % images.size());
      int image = order == null ? place : order[place];
      return augmented
          ? Crop.of(image, CounterRandom.below(Crop.CHOICES, choices, b))
          : Crop.whole(image);
    }
  }

  private int[] permutation(long epoch) {
    Order current = Objects.requireNonNull(order);
    if (current.epoch != epoch) {
      long stream = CounterRandom.stream(seed, Purpose.SHUFFLE, epoch);
      current = new Order(epoch, CounterRandom.permutation(images.size(), stream));
      order = current;
    }
    return current.permutation;
  }

  /** Writes a crop row by row: 20 times as fast as a padded copy read pixel by pixel. */
  private void write(Crop crop, float[] into, int from) {
    int image = crop.image();
    int dy = crop.dy();
    int dx = crop.dx();
    byte[] pixels = images.pixels();
    int begin = Math.max(0, -dx);
    int end = Math.min(Images.SIDE, Images.SIDE - dx);
    int to = from;
    for (int c = 0; c < Images.CHANNELS; c++) {
      float[] values = table[c];
      float black = values[0];
      for (int y = 0; y < Images.SIDE; y++, to += Images.SIDE) {
        int row = y + dy;
        if (row < 0 || row >= Images.SIDE) {
          Arrays.fill(into, to, to + Images.SIDE, black);
          continue;
        }
        int source = image * Images.VALUES + (c * Images.SIDE + row) * Images.SIDE + dx;
        int last = to + Images.SIDE - 1;
        if (crop.flipped()) {
          Arrays.fill(into, last + 1 - begin, last + 1, black);
          for (int x = begin; x < end; x++) {
            into[last - x] = values[pixels[source + x] & 0xFF];
          }
          Arrays.fill(into, to, last + 1 - end, black);
        } else {
          Arrays.fill(into, to, to + begin, black);
          for (int x = begin; x < end; x++) {
            into[to + x] = values[pixels[source + x] & 0xFF];
          }
          Arrays.fill(into, to + end, last + 1, black);
        }
      }
    }
  }
}
