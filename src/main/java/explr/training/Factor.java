package explr.training;

import ai.djl.ndarray.NDArray;

/** A number that arrays are multiplied by: one of Java, or one that lies on the device. */
sealed interface Factor {

  /** The product, a new array. */
  NDArray times(NDArray array);

  /** Multiplies an array in place. */
  void multiply(NDArray array);

  /** Adds the number to each element of an array in place. */
  void addTo(NDArray array);

  /** Multiplies an array in place, unless the host knows that the number is 1. */
  void multiplyUnlessOne(NDArray array);

  /** Whether the host knows that the number is 0, so that a product need not be added. */
  boolean isZero();

  /** Adds the product of this number and an array to another array. */
  default void addProduct(NDArray array, NDArray to) {
    try (NDArray product = times(array)) {
      to.addi(product);
    }
  }

  /** The same, left out where the host knows that the product is 0. */
  default void addProductUnlessZero(NDArray array, NDArray to) {
    if (!isZero()) {
      addProduct(array, to);
    }
  }

  /**
   * A number of Java.
   *
   * @param value the number
   */
  record OfHost(double value) implements Factor {
    @Override
    public NDArray times(NDArray array) {
      return array.mul(value);
    }

    @Override
    public void multiply(NDArray array) {
      array.muli(value);
    }

    @Override
    public void addTo(NDArray array) {
      array.addi(value);
    }

    @Override
    public void multiplyUnlessOne(NDArray array) {
      if (value != 1) {
        multiply(array);
      }
    }

    @Override
    public boolean isZero() {
      return value == 0;
    }
  }

  /**
   * A number on the device, which the host does not read: DJL copies a number of Java to a GPU and
   * waits for it.
   *
   * @param value an array of one number, of the type of the arrays that it multiplies
   */
  record OnDevice(NDArray value) implements Factor {
    @Override
    public NDArray times(NDArray array) {
      return array.mul(value);
    }

    @Override
    public void multiply(NDArray array) {
      array.muli(value);
    }

    @Override
    public void addTo(NDArray array) {
      array.addi(value);
    }

    @Override
    public void multiplyUnlessOne(NDArray array) {
      multiply(array);
    }

    @Override
    public boolean isZero() {
      return false;
    }
  }
}
