package explr.format;

import java.util.Arrays;
import java.util.function.Consumer;

/** Collects numbers and passes them to a consumer in blocks of whole rows. */
final class Values {

  private final int size;
  private final Consumer<double[]> next;
  private double[] block;
  private int count;

  /**
   * Collects rows in blocks.
   *
   * @param columns the length of a row
   * @param next receives the blocks
   */
  Values(int columns, Consumer<double[]> next) {
    this.size = 1024 * columns;
    this.next = next;
    this.block = new double[size];
  }

  void add(double value) {
    block[count++] = value;
    if (count == size) {
      next.accept(block);
      block = new double[size];
      count = 0;
    }
  }

  /** Passes the last block. */
  void end() {
    next.accept(Arrays.copyOf(block, count));
    count = 0;
  }
}
