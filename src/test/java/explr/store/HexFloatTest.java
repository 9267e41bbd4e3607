package explr.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class HexFloatTest {

  private static String text(double value) {
    StringBuilder text = new StringBuilder();
    HexFloat.append(text, value);
    return text.toString();
  }

  @Test
  void everyDoubleIsWrittenAsJavaWritesIt() {
    SplittableRandom random = new SplittableRandom(3);
    DoubleStream.concat(
            DoubleStream.of(
                0,
                -0.0,
                1,
                -1,
                0.1,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Math.nextDown(Double.MIN_NORMAL),
                Double.MAX_VALUE,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN),
            DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong())).limit(50_000))
        .forEach(value -> assertThat(text(value)).isEqualTo(Double.toHexString(value)));
    for (int bits = 0; bits < 52; bits++) {
      double value = 1 + Math.scalb(1.0, -bits);
      assertThat(text(value)).isEqualTo(Double.toHexString(value));
    }
  }
}
