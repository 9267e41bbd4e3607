package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BiasBeforeNormalizationTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 2, 50})
  void batchAndInstanceNormalizationRemoveABiasAndTheOthersDoNot(double c) {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(BiasBeforeNormalization.BATCH.change(c, seed)).isLessThan(1e-12);
      assertThat(BiasBeforeNormalization.INSTANCE.change(c, seed)).isLessThan(1e-12);
      assertThat(BiasBeforeNormalization.LAYER.change(c, seed)).isGreaterThan(1e-2);
      assertThat(BiasBeforeNormalization.GROUP.change(c, seed)).isGreaterThan(1e-2);
    }
    assertThat(BiasBeforeNormalization.LAYER.change(1, 1)).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BiasBeforeNormalization.LAYER.change(0, 1))
        .withMessageContaining("0.0");
  }
}
