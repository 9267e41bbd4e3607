package explr.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HomogeneityTest {

  @Test
  void countsTheTrainableLayersSinceTheLastNormalization() {
    Architecture.Builder net = Architecture.builder("two convolutions");
    Node x = net.convolution("a", net.input(3, 8, 8), 4, 3, 1);
    x = net.convolution("b", net.relu(x), 4, 3, 1);
    x = net.batchNormalization("norm", x);
    net.fixedLinear("classifier", net.globalAveragePool(x), 10);
    Homogeneity degrees = Homogeneity.of(net.build());
    assertThat(degrees.degrees().stream().map(OptionalInt::getAsInt))
        .containsExactly(0, 1, 1, 2, 0, 0, 0);
    assertThat(degrees.scaleInvariant()).isTrue();
  }

  @Test
  void aSumOfDifferentDegreesHasNone() {
    Architecture.Builder net = Architecture.builder("shortcut without normalization");
    Node x = net.input(4, 8, 8);
    x = net.add("add", net.convolution("a", x, 4, 3, 1), x);
    net.batchNormalization("norm", x);
    Homogeneity degrees = Homogeneity.of(net.build());
    assertThat(degrees.degrees().get(2)).isEmpty();
    assertThat(degrees.scaleInvariant()).isFalse();
  }

  @Test
  void aTrainableLastLayerIsNotScaleInvariant() {
    Architecture.Builder net = Architecture.builder("trainable classifier");
    Node x = net.batchNormalization("norm", net.convolution("a", net.input(3, 8, 8), 4, 3, 1));
    net.linear("classifier", net.globalAveragePool(x), 10);
    assertThat(Homogeneity.of(net.build()).scaleInvariant()).isFalse();
  }
}
