package explr.engine;

import ai.djl.ndarray.types.DataType;
import java.util.Locale;

/** The number type of weights, activations and gradients. */
public enum Precision {
  /** 32-bit floating point, 24 bits of mantissa. */
  FLOAT32(DataType.FLOAT32, Float.MAX_VALUE) {
    @Override
    public double nextUp(double value) {
      return Math.nextUp((float) value);
    }
  },

  /** 64-bit floating point, 53 bits of mantissa; about seven times slower on a CPU. */
  FLOAT64(DataType.FLOAT64, Double.MAX_VALUE) {
    @Override
    public double nextUp(double value) {
      return Math.nextUp(value);
    }
  },

  /**
   * NVIDIA's TensorFloat-32: numbers are kept and added as 32-bit floating point, but convolutions
   * and matrix products round their inputs to 11 bits of mantissa, one of them implicit. Only on
   * NVIDIA's cards from compute capability 8.0, with PyTorch.
   */
  TF32(DataType.FLOAT32, Float.MAX_VALUE) {
    @Override
    public double nextUp(double value) {
      int bits = Float.floatToRawIntBits((float) value);
      int lastBit = (bits >> UNREAD_BITS) & 1;
      int rounded = (bits + (STEP >> 1) - 1 + lastBit) & -STEP;
      return Float.intBitsToFloat(rounded + (rounded < 0 ? -STEP : STEP));
    }
  };

  /** Of the 23 that a float stores, TF32 has 10. */
  private static final int UNREAD_BITS = 13;

  /** Between neighbours in TF32, as the bits of floats. */
  private static final int STEP = 1 << UNREAD_BITS;

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

  /** How many bytes one number takes in memory and in a checkpoint: 4 or 8. */
  public int bytes() {
    return dataType.getNumOfBytes();
  }

  /**
   * The next larger number of this type; in TF32 of the value as a product reads it, so that a
   * product tells them apart.
   */
  public abstract double nextUp(double value);

  /** The name in files and for people: {@code float32}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  DataType dataType() {
    return dataType;
  }
}
