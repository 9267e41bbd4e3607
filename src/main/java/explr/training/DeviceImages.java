package explr.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import explr.data.Batches;
import explr.data.Crop;
import explr.data.Images;
import explr.engine.Network;
import explr.engine.Values;

/**
 * The images of batches as bytes on a device, where they are cropped, flipped and normalised.
 *
 * <p>The numbers are those of {@link Batches#fill} to the last bit: both look them up in the same
 * table. CIFAR-10's training images take 240 MB.
 *
 * <p>Images are padded with black pixels. A crop is a start and a direction: its pixel (y, x) of
 * channel c lies at {@code start + c · 1600 + y · 40 + direction · x}.
 */
final class DeviceImages implements AutoCloseable {

  private static final int SIDE = Images.SIDE + 2 * Crop.PADDING;
  private static final int PLANE = SIDE * SIDE;
  private static final int IMAGE = Images.CHANNELS * PLANE;

  /** The values of a byte. */
  private static final int BYTES = 256;

  /** How many images are brought to the device at once. */
  private static final int SLAB = 1000;

  private final boolean channelsLast;
  private final NDArray pixels;
  private final NDArray normalized;
  private final NDArray rows;
  private final NDArray columns;
  private final NDArray tables;

  private DeviceImages(Network network, Batches batches) {
    NDManager manager = network.manager();
    channelsLast = network.channelsLast();
    pixels = padded(manager, batches.source());
    normalized = normalized(network, batches.normalized());
    Shape shape = shape(Images.CHANNELS, Images.SIDE, 1);
    rows = grid(manager, shape, i -> channel(i) * PLANE + row(i) * SIDE);
    columns = grid(manager, shape(1, 1, Images.SIDE), i -> i);
    tables = grid(manager, shape(Images.CHANNELS, 1, 1), i -> i * BYTES);
  }

  /** Brings the images of some batches to the device of a network. */
  static DeviceImages of(Network network, Batches batches) {
    return new DeviceImages(network, batches);
  }

  /** All images with their black frame, flat. */
  private static NDArray padded(NDManager manager, Images images) {
    Shape all = new Shape(images.size(), Images.CHANNELS, SIDE, SIDE);
    try (NDArray padded = manager.zeros(all, DataType.UINT8)) {
      fill(padded, images);
      return padded.reshape(-1);
    }
  }

  private static void fill(NDArray padded, Images images) {
    int end = Crop.PADDING + Images.SIDE;
    for (int from = 0; from < images.size(); from += SLAB) {
      int to = Math.min(from + SLAB, images.size());
      Shape shape = new Shape(to - from, Images.CHANNELS, Images.SIDE, Images.SIDE);
      try (NDArray slab =
          padded.getManager().create(images.pixels(from, to), shape, DataType.UINT8)) {
        padded.set(
            new NDIndex("{}:{}, :, {}:{}, {}:{}", from, to, Crop.PADDING, end, Crop.PADDING, end),
            slab);
      }
    }
  }

  private static NDArray normalized(Network network, float[][] table) {
    double[] flat = new double[Images.CHANNELS * BYTES];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = table[i / BYTES][i % BYTES];
    }
    return Values.of(network.manager(), network.precision(), flat, flat.length);
  }

  /** The start of a crop among all pixels. */
  static long start(Crop crop) {
    return (long) crop.image() * IMAGE
        + (Crop.PADDING + crop.dy()) * SIDE
        + Crop.PADDING
        + crop.dx()
        + (crop.flipped() ? Images.SIDE - 1 : 0);
  }

  /** The direction in which a crop's columns lie. */
  static long direction(Crop crop) {
    return crop.flipped() ? -1 : 1;
  }

  /**
   * What a network reads of some crops.
   *
   * @param starts of the crops, {@code (batch)}
   * @param directions of the crops, {@code (batch)}
   * @return {@code (batch, channel, height, width)}, in memory as the network wants it
   */
  NDArray batch(NDArray starts, NDArray directions) {
    Shape each = new Shape(starts.size(), 1, 1, 1);
    NDArray places = columns.mul(directions.reshape(each)).add(starts.reshape(each)).add(rows);
    NDArray bytes = pixels.take(places).toType(DataType.INT64, false);
    NDArray images = normalized.take(bytes.add(tables));
    return channelsLast ? images.transpose(0, 3, 1, 2) : images;
  }

  /** The shape of something that differs by channel, row and column, in the order of the memory. */
  private Shape shape(int channels, int height, int width) {
    return channelsLast
        ? new Shape(1, height, width, channels)
        : new Shape(1, channels, height, width);
  }

  private interface Offset {
    long at(int index);
  }

  private static NDArray grid(NDManager manager, Shape shape, Offset offset) {
    long[] values = new long[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = offset.at(i);
    }
    return manager.create(values, shape);
  }

  /** The channel of an element of {@link #rows}. */
  private int channel(int index) {
    return channelsLast ? index % Images.CHANNELS : index / Images.SIDE;
  }

  private int row(int index) {
    return channelsLast ? index / Images.CHANNELS : index % Images.SIDE;
  }

  @Override
  public void close() {
    pixels.close();
    normalized.close();
    rows.close();
    columns.close();
    tables.close();
  }
}
