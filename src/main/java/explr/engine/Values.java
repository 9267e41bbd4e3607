package explr.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** Between arrays of an engine and arrays of Java. */
public final class Values {

  private Values() {}

  /** An array of the engine with these values, rounded to its number type. */
  public static NDArray of(NDManager manager, Precision precision, double[] values, long... shape) {
    if (precision == Precision.FLOAT64) {
      return manager.create(values, new Shape(shape));
    }
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return manager.create(rounded, new Shape(shape));
  }

  /** The values of an array of the engine; exact, since a float is a double. */
  public static double[] values(NDArray array) {
    if (array.getDataType() == Precision.FLOAT64.dataType()) {
      return array.toDoubleArray();
    }
    float[] floats = array.toFloatArray();
    double[] values = new double[floats.length];
    for (int i = 0; i < floats.length; i++) {
      values[i] = floats[i];
    }
    return values;
  }
}
