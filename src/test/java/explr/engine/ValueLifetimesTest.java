package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;

import explr.network.Architecture;
import explr.network.Layer;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.network.PreResNet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValueLifetimesTest {

  static Stream<Architecture> architectures() {
    return Stream.of(
        PreResNet.depth(20),
        PreResNet.of(8, 1, NormLayer.group(4)),
        PlainCnn.of(3, 4, NormLayer.batch()),
        withACancelledBias());
  }

  /** The normalisation subtracts what the bias adds. */
  private static Architecture withACancelledBias() {
    Architecture.Builder net = Architecture.builder("bias before a normalisation");
    Node image = net.input(3, 8, 8);
    Node x = net.bias("bias", net.convolution("conv", image, 4, 3, 1));
    Node left = net.relu(net.normalization("norm1", x, NormLayer.batch()));
    Node right = net.normalization("norm2", x, NormLayer.batch());
    x = net.normalization("norm3", net.add("sum", left, right), NormLayer.batch());
    net.linear("classifier", net.globalAveragePool(x), 10);
    return net.build();
  }

  @Test
  void aBiasIsCancelledInOneOfThem() {
    assertThat(withACancelledBias().nodes()).anyMatch(withACancelledBias()::cancelled);
  }

  /** The nodes whose values a node reads, those that are left out replaced by what they read. */
  private static List<Integer> read(Architecture architecture, Node node) {
    List<Integer> owners = new ArrayList<>();
    for (int input : node.inputs()) {
      Node from = architecture.nodes().get(input);
      owners.addAll(architecture.cancelled(from) ? read(architecture, from) : List.of(input));
    }
    return owners;
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void noValueIsReadAfterItWasFreed(Architecture architecture) {
    Set<Integer> freed = new HashSet<>();
    for (Node node : architecture.nodes()) {
      assertThat(read(architecture, node)).noneMatch(freed::contains);
      for (int value : ValueLifetimes.of(architecture).freedAfter().get(node.index())) {
        assertThat(freed.add(value)).as("freed once").isTrue();
        assertThat(architecture.cancelled(architecture.nodes().get(value))).isFalse();
      }
    }
    long computed =
        architecture.nodes().stream()
            .filter(node -> !(node.layer() instanceof Layer.Input))
            .filter(node -> !architecture.cancelled(node))
            .count();
    // All but the logits.
    assertThat(freed).hasSize((int) computed - 1);
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void fewValuesLiveAtATime(Architecture architecture) {
    int living = 0;
    int most = 0;
    for (Node node : architecture.nodes()) {
      living += architecture.cancelled(node) || node.layer() instanceof Layer.Input ? 0 : 1;
      most = Math.max(most, living);
      living -= ValueLifetimes.of(architecture).freedAfter().get(node.index()).size();
    }
    assertThat(most).isLessThanOrEqualTo(4);
    assertThat(living).as("the logits").isOne();
  }
}
