package explr.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  static List<NormLayer> layers() {
    return List.of(NormLayer.batch(), NormLayer.group(4), NormLayer.layer(), NormLayer.instance());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theDegreesAreThoseOfTheAppendixsFigures(NormLayer layer) {
    NormLayer affine = layer.withAffine();
    // Figures 8 and 12: I L N L N L N and I L NA L NA L N
    assertThat(drawn(AppendixE.plain(layer))).containsExactly(0, 1, 0, 1, 0, 1, 0);
    assertThat(drawn(AppendixE.plain(affine))).containsExactly(0, 1, 1, 2, 1, 2, 0);
    // What a block hands on: Figures 10, 11, 13, 14
    assertThat(sums(AppendixE.resNet(layer))).containsExactly(0, 0);
    assertThat(sums(AppendixE.preResNet(layer))).containsExactly(1, 1);
    assertThat(sums(AppendixE.resNet(affine))).containsExactly(1, 1);
    assertThat(sums(AppendixE.preResNet(affine))).containsExactly(2, 2);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void aBiasBeforeGroupOrLayerNormalizationBreaksAnAffineNetworkAlone(NormLayer layer) {
    assertThat(Homogeneity.of(AppendixE.biased(layer)).scaleInvariant()).isTrue();
    Homogeneity affine = Homogeneity.of(AppendixE.biased(layer.withAffine()));
    boolean subtracted = layer.centersEachChannel(8);
    assertThat(affine.scaleInvariant()).isEqualTo(subtracted);
    if (!subtracted) {
      Homogeneity.Flaw flaw = affine.flaw().orElseThrow();
      assertThat(flaw.node().name()).isEqualTo("bias2");
      assertThat(flaw.reason()).contains("bias").contains("degree 2");
      assertThat(affine.degree(flaw.node())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("layers")
  void theUsualStartAddsTwoDegreesInAnAffinePreResNet(NormLayer layer) {
    Homogeneity.Flaw flaw = Homogeneity.of(AppendixE.usualStart(layer)).flaw().orElseThrow();
    assertThat(flaw.node().name()).isEqualTo("block.add");
    assertThat(flaw.reason()).isEqualTo("adds degrees 2 and 1");
  }

  @ParameterizedTest
  @MethodSource("layers")
  void anAffineLastNormalizationIsNamedThoughFixedLayersFollow(NormLayer layer) {
    Homogeneity degrees = Homogeneity.of(AppendixE.affineEnd(layer));
    assertThat(degrees.flaw().orElseThrow().node().name()).isEqualTo("norm");
    assertThat(degrees.verdict()).contains("norm leaves the output with degree 1, not 0");
    assertThat(degrees.degrees()).allMatch(OptionalInt::isPresent);
  }

  @Test
  void aNormalizationOfSingleChannelsCentersThemWhateverItsName() {
    assertThat(NormLayer.group(8).centersEachChannel(8)).isTrue();
    assertThat(NormLayer.group(4).centersEachChannel(8)).isFalse();
    assertThat(NormLayer.batch().centersEachChannel(8)).isTrue();
    assertThat(NormLayer.layer().centersEachChannel(8)).isFalse();
  }

  @Test
  void aBiasIsTakenAwayThroughPoolingAndNotThroughRelu() {
    assertThat(biasThrough((net, x) -> net.averagePool(net.maxPool(x, 2), 2))).isTrue();
    assertThat(biasThrough((net, x) -> net.globalAveragePool(x))).isTrue();
    assertThat(biasThrough((net, x) -> net.flatten(x))).isTrue();
    assertThat(biasThrough((net, x) -> net.relu(x))).isFalse();
    assertThat(biasThrough((net, x) -> net.add("add", x, x))).isFalse();
  }

  private static boolean biasThrough(BiFunction<Architecture.Builder, Node, Node> between) {
    Architecture.Builder net = Architecture.builder("bias of degree 2");
    Node x = net.convolution("a", net.input(3, 8, 8), 4, 3, 1);
    x = net.bias("bias", net.convolution("b", x, 4, 3, 1));
    net.batchNormalization("norm", between.apply(net, x));
    return Homogeneity.of(net.build()).scaleInvariant();
  }

  @Test
  void aBiasThatSomethingElseReadsTooIsNotTakenAway() {
    Architecture.Builder net = Architecture.builder("bias read twice");
    Node x = net.convolution("a", net.input(3, 8, 8), 4, 3, 1);
    Node bias = net.bias("bias", net.convolution("b", x, 4, 3, 1));
    Node norm = net.convolution("c", net.batchNormalization("norm", bias), 4, 3, 1);
    net.batchNormalization("norm2", net.add("add", norm, bias));
    Homogeneity degrees = Homogeneity.of(net.build());
    assertThat(degrees.flaw().orElseThrow().node()).isEqualTo(bias);
  }

  @Test
  void normalizationsSayWhatTheyReadOrWhyTheyCannot() {
    assertThat(Homogeneity.of(AppendixE.plain(NormLayer.batch().withAffine())).normalizedDegrees())
        .containsExactly(1, 2, 2);
    Homogeneity flawed = Homogeneity.of(AppendixE.usualStart(NormLayer.batch()));
    assertThatThrownBy(flawed::normalizedDegrees).hasMessage(flawed.verdict());
  }

  /** The degrees without those of neutral modules, which the paper's drawings leave out. */
  private static List<Integer> drawn(Architecture architecture) {
    return degrees(architecture, layer -> !layer.neutral());
  }

  private static List<Integer> sums(Architecture architecture) {
    return degrees(architecture, layer -> layer instanceof Layer.Add);
  }

  private static List<Integer> degrees(Architecture architecture, Predicate<Layer> which) {
    Homogeneity degrees = Homogeneity.of(architecture);
    return architecture.nodes().stream()
        .filter(node -> which.test(node.layer()))
        .map(node -> degrees.degree(node).orElseThrow())
        .toList();
  }
}
