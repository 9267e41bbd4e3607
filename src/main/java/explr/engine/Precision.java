package explr.engine;

import ai.djl.ndarray.types.DataType;
import java.util.Locale;

/** The number type of weights, activations and gradients. */
public enum Precision {
  /** 32-bit floating point, 24 bits of mantissa. */
  FLOAT32(DataType.FLOAT32, Float.MAX_VALUE),
  /** 64-bit floating point, 53 bits of mantissa; about seven times slower. */
  FLOAT64(DataType.FLOAT64, Double.MAX_VALUE);

  private final DataType dataType;
  private final double largest;

  Precision(DataType dataType, double largest) {
    this.dataType = dataType;
    this.largest = largest;
  }

  /** The natural logarithm of the largest finite number. */
  public double logLargest() {
    return Math.log(largest);
  }

  /** The name in files and for people: {@code float32}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  DataType dataType() {
    return dataType;
  }
}
