package explr.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PreResNetTest {

  @Test
  void depth32HasThePapersNumberOfWeights() {
    Layout layout = Layout.of(PreResNet.depth(32));
    // 3·16·9 + 10·16²·9 + (16·32 + 9·32²)·9 + 16·32 + (32·64 + 9·64²)·9 + 32·64
    assertThat(layout.weightCount()).isEqualTo(463_792);
    assertThat(layout.fixedCount()).isEqualTo(640);
    // norm1 and norm2 of each block, and the last one
    assertThat(layout.statisticCount()).isEqualTo(10 * 16 + (16 + 9 * 32) + (32 + 9 * 64) + 64);
  }

  @Test
  void widthMultipliesTheChannels() {
    assertThat(Layout.of(PreResNet.of(32, 4)).weightCount())
        .isEqualTo(16 * (463_792 - 432) + 4 * 432);
  }

  @Test
  void theWeightsOfFigure1AreTheFirstOfTheSecondBlock() {
    assertThat(Layout.of(PreResNet.depth(32)).weight("stage1.block2.conv1").shape())
        .containsExactly(16, 16, 3, 3);
  }

  @Test
  void everyDepthIsCertifiedScaleInvariant() {
    for (int depth = 8; depth <= 56; depth += 6) {
      assertThat(Homogeneity.of(PreResNet.depth(depth)).scaleInvariant()).isTrue();
    }
  }

  @Test
  void refusesADepthThatIsNot6nPlus2() {
    assertThatThrownBy(() -> PreResNet.depth(30))
        .hasMessageContaining("6n + 2")
        .hasMessageContaining("30");
    assertThatThrownBy(() -> PreResNet.of(32, 0)).hasMessageContaining("not 0");
  }

  @Test
  void theStartIsAFunctionOfTheSeed() {
    Layout layout = Layout.of(PreResNet.depth(8));
    assertThat(Initialization.of(layout, 3).weights())
        .isEqualTo(Initialization.of(layout, 3).weights())
        .isNotEqualTo(Initialization.of(layout, 4).weights());
  }

  @Test
  void theStartHasTheVarianceOfHeInitialization() {
    Layout layout = Layout.of(PreResNet.depth(32));
    double[] weights = Initialization.of(layout, 1).weights();
    Tensor tensor = layout.weight("stage3.block4.conv1");
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.end(); i++) {
      sum += weights[i] * weights[i];
    }
    assertThat(sum / tensor.size())
        .isCloseTo(2.0 / (64 * 9), org.assertj.core.data.Percentage.withPercentage(3));
  }
}
