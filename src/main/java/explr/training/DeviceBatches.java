package explr.training;

import ai.djl.ndarray.NDArray;
import explr.data.Batches;
import explr.data.Crop;
import explr.engine.Examples;
import explr.engine.Network;
import java.util.Arrays;
import java.util.List;

/** The batches of some iterations, made on the device from images that lie there. */
final class DeviceBatches implements AutoCloseable {

  private final Batches batches;
  private final DeviceImages images;
  private final DeviceRows rows;
  private final DeviceRows.Input starts;
  private final DeviceRows.Input directions;
  private final DeviceRows.Input labels;
  private int[] labelValues = {};

  /**
   * Brings the images of some batches to a network's device.
   *
   * @param rows one row for each iteration
   */
  DeviceBatches(Network network, Batches batches, DeviceRows rows) {
    this.batches = batches;
    this.rows = rows;
    images = DeviceImages.of(network, batches);
    starts = rows.indices(batches.size());
    directions = rows.indices(batches.size());
    labels = rows.indices(batches.size());
  }

  /** Has the first row be the batch of an iteration, and each further one that of the next. */
  void load(long from, int count) {
    int size = batches.size();
    long[] start = new long[rows.count() * size];
    long[] direction = new long[start.length];
    labelValues = new int[start.length];
    for (int i = 0; i < count; i++) {
      List<Crop> crops = batches.crops(from + i);
      for (int b = 0; b < size; b++) {
        Crop crop = crops.get(b);
        start[i * size + b] = DeviceImages.start(crop);
        direction[i * size + b] = DeviceImages.direction(crop);
        labelValues[i * size + b] = batches.source().label(crop.image());
      }
    }
    starts.fill(start);
    directions.fill(direction);
    labels.fill(Arrays.stream(labelValues).asLongStream().toArray());
  }

  /** The batch of the current row. Part of a program. */
  Examples current() {
    NDArray pixels = images.batch(starts.row(), directions.row());
    return new Examples(pixels, labels.row());
  }

  /** The labels of a row. */
  int[] labels(int row) {
    int size = batches.size();
    return Arrays.copyOfRange(labelValues, row * size, (row + 1) * size);
  }

  @Override
  public void close() {
    images.close();
  }
}
