package explr.format;

import java.util.Arrays;
import java.util.function.Consumer;

/** Collects numbers and passes them to a consumer in blocks of whole rows. */
final class Values {

  private static final int BLOCK = 1024 * Row.NAMES.size();

  private final Consumer<double[]> next;
  private double[] block = new double[BLOCK];
  private int count;

  Values(Consumer<double[]> next) {
    this.next = next;
  }

  void add(double value) {
    block[count++] = value;
    if (count == BLOCK) {
      next.accept(block);
      block = new double[BLOCK];
      count = 0;
    }
  }

  /** Passes the last block. */
  void end() {
    next.accept(Arrays.copyOf(block, count));
    count = 0;
  }
}
