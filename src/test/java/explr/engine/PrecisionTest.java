package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionTest {

  /** To 11 bits, as a product in TF32 reads it. */
  private static float inTf32(double value) {
    int bits = Float.floatToRawIntBits((float) value);
    return Float.intBitsToFloat((bits + 0x0fff + (bits >> 13 & 1)) & ~0x1fff);
  }

  @Test
  void tf32IsKeptAsFloat32() {
    assertThat(Precision.TF32.dataType()).isEqualTo(Precision.FLOAT32.dataType());
    assertThat(Precision.TF32.bytes()).isEqualTo(Float.BYTES);
    assertThat(Precision.TF32.logLargest()).isEqualTo(Precision.FLOAT32.logLargest());
    assertThat(Precision.FLOAT64.bytes()).isEqualTo(Double.BYTES);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.1, 1.9999999, 3e-5, 1e30, 65504, -1, -2, -0.3, -1.0000001})
  void theNextNumberOfTf32IsAnotherOneToAProduct(double value) {
    float weight = (float) value;
    double next = Precision.TF32.nextUp(weight);
    assertThat((float) next).isGreaterThan(weight);
    assertThat(inTf32(next)).isGreaterThan(inTf32(weight));
    // No other number lies between them.
    assertThat(inTf32(Math.nextDown((float) next))).isIn((float) next, inTf32(weight));
    assertThat(inTf32((inTf32(weight) + (float) next) / 2)).isIn(inTf32(weight), (float) next);
    assertThat(inTf32(next)).isEqualTo((float) next);
    assertThat(Precision.FLOAT32.nextUp(weight)).isEqualTo(Math.nextUp(weight));
  }

  @Test
  void theNextNumberOfFloat32IsTheSameToAProductInTf32() {
    assertThat(inTf32(Precision.FLOAT32.nextUp(1))).isEqualTo(inTf32(1));
    assertThat(Precision.FLOAT64.nextUp(1)).isEqualTo(1 + Math.ulp(1.0));
  }
}
