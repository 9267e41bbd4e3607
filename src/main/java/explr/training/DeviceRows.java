package explr.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import explr.engine.Network;
import explr.engine.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Tables on a device: run i of a {@link explr.engine.Program} reads and writes row i. The device
 * counts the runs, so the host does not wait between them.
 */
final class DeviceRows implements AutoCloseable {

  private final Network network;
  private final int count;
  private final NDArray current;
  private final NDArray one;
  private final NDArray numbers;
  private final List<NDArray> owned = new ArrayList<>();

  /**
   * Tables of so many rows.
   *
   * @param count the most runs between two calls of {@link #rewind}, ≥ 1
   */
  DeviceRows(Network network, int count) {
    this.network = network;
    this.count = count;
    NDManager manager = network.manager();
    current = own(manager.create(new long[] {0}));
    one = own(manager.create(new long[] {1}));
    numbers = own(manager.create(LongStream.range(0, count).toArray(), new Shape(count, 1)));
  }

  private NDArray own(NDArray array) {
    owned.add(array);
    return array;
  }

  int count() {
    return count;
  }

  /** The next run takes the first row. */
  void rewind() {
    try (NDArray zero = current.zerosLike()) {
      network.copy(zero, current);
    }
  }

  /** The next run takes the row after this one. Part of a program. */
  void advance() {
    current.addi(one);
  }

  /**
   * Checks how often the device ran.
   *
   * @param runs since {@link #rewind}
   * @throws IllegalStateException if it did not
   */
  void requireRuns(int runs) {
    long counted = current.toLongArray()[0];
    if (counted != runs) {
      throw new IllegalStateException(
          "the device ran %d of %d steps; this is a fault of explr's CUDA graphs, please report it"
              .formatted(counted, runs));
    }
  }

  /** A table that a program reads. */
  final class Input {
    private final NDArray values;
    private final NDArray width;
    private final NDArray columns;

    private Input(int numbersInRow, DataType type) {
      NDManager manager = network.manager();
      values = own(manager.zeros(new Shape((long) count * numbersInRow), type));
      width = own(manager.create(new long[] {numbersInRow}));
      columns = own(manager.create(LongStream.range(0, numbersInRow).toArray()));
    }

    /** The current row, {@code (numbers in a row)}. Part of a program. */
    NDArray row() {
      return values.take(current.mul(width).add(columns));
    }

    /** Writes all rows. */
    void fill(long[] rows) {
      try (NDArray array = network.manager().create(rows)) {
        network.copy(array, values);
      }
    }

    /** Writes all rows, rounded to the network's number type. */
    void fill(double[] rows) {
      try (NDArray array = Values.of(network.manager(), network.precision(), rows, rows.length)) {
        network.copy(array, values);
      }
    }
  }

  /** A table that a program writes. */
  final class Output {
    private final NDArray values;
    private final Shape shape;

    private Output(int numbersInRow) {
      NDManager manager = network.manager();
      shape = new Shape(count, numbersInRow);
      values = own(manager.zeros(shape, network.weights().getDataType()));
    }

    /**
     * Writes the current row. Part of a program.
     *
     * @param row as many numbers as a row has, in any shape
     */
    void put(NDArray row) {
      // Chosen, not added with weights 0 and 1: a row may hold what is not a number.
      NDArray here = numbers.eq(current).broadcast(shape);
      NDArray everywhere = row.reshape(1, shape.get(1)).broadcast(shape);
      network.copy(everywhere.getNDArrayInternal().where(here, values), values);
    }

    /** All rows, flat; waits for the device. */
    double[] read() {
      return Values.values(values);
    }
  }

  /** A table of indices. */
  Input indices(int numbersInRow) {
    return new Input(numbersInRow, DataType.INT64);
  }

  /** A table of numbers of the network's type to be read. */
  Input inputs(int numbersInRow) {
    return new Input(numbersInRow, network.weights().getDataType());
  }

  /** A table of numbers of the network's type to be written. */
  Output outputs(int numbersInRow) {
    return new Output(numbersInRow);
  }

  @Override
  public void close() {
    owned.forEach(NDArray::close);
  }
}
