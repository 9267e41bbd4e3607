package explr.training;

import ai.djl.ndarray.NDArray;
import explr.data.Batches;
import explr.data.Crop;
import explr.engine.Examples;
import explr.engine.Network;
import java.util.ArrayList;
import java.util.List;

/** The batches of some iterations, made on the device from images that lie there. */
final class DeviceBatches implements AutoCloseable {

  private final Batches batches;
  private final DeviceImages images;
  private final int capacity;
  private final DeviceRows.Input indices;

  /**
   * Brings the images of some batches to a network's device.
   *
   * @param rows one row for each iteration
   */
  DeviceBatches(Network network, Batches batches, DeviceRows rows) {
    this.batches = batches;
    images = DeviceImages.of(network, batches);
    capacity = rows.count();
    indices = rows.indices(3 * batches.size());
  }

  /**
   * The table from which the device makes the batches of consecutive iterations.
   *
   * @param indices for each iteration the starts of its crops, their directions and their labels
   * @param labels of each iteration
   */
  record Rows(long[] indices, List<int[]> labels) {}

  /**
   * Chooses the batches of consecutive iterations, on the host only.
   *
   * @param from the iteration of the first row
   * @param count at most the number of rows
   */
  Rows rows(long from, int count) {
    int size = batches.size();
    long[] numbers = new long[capacity * 3 * size];
    List<int[]> labels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Crop> crops = batches.crops(from + i);
      int[] own = new int[size];
      for (int b = 0; b < size; b++) {
        Crop crop = crops.get(b);
        int place = 3 * i * size + b;
        own[b] = batches.source().label(crop.image());
        numbers[place] = DeviceImages.start(crop);
        numbers[place + size] = DeviceImages.direction(crop);
        numbers[place + 2 * size] = own[b];
      }
      labels.add(own);
    }
    return new Rows(numbers, labels);
  }

  /** Copies rows to the device. */
  void load(Rows rows) {
    indices.fill(rows.indices());
  }

  /** The batch of the current row. Part of a program. */
  Examples current() {
    NDArray row = indices.row();
    return new Examples(images.batch(part(row, 0), part(row, 1)), part(row, 2));
  }

  private NDArray part(NDArray row, int index) {
    return row.get("{}:{}", index * batches.size(), (index + 1) * batches.size());
  }

  @Override
  public void close() {
    images.close();
  }
}
