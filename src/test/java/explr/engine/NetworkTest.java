package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import explr.network.Architecture;
import explr.network.FullyConnected;
import explr.network.Initialization;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.network.PreResNet;
import explr.network.ResNet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

public final class NetworkTest {

  /** One for all tests: an engine keeps its first number, and several starve beside other work. */
  public static final int THREADS = 1;

  private static final int BATCH = 4;
  private static final Architecture NET = PreResNet.depth(8);

  /** What a training batch and an evaluation gave, on the host. */
  private record Result(
      double[] logits, double[] gradient, double[] means, double[] variances, double[] evaluated) {}

  static Backend backend(EngineName engine, Precision precision) {
    return new Backend(engine, "cpu", precision, THREADS);
  }

  private static Result run(EngineName engine, Precision precision, double epsilon) {
    return run(NET, engine, precision, epsilon);
  }

  private static Result run(
      Architecture architecture, EngineName engine, Precision precision, double epsilon) {
    try (Network net = backend(engine, precision).open(architecture, BATCH, epsilon)) {
      Initialization start = Initialization.of(net.layout(), 5);
      Random random = new Random(7);
      double[] weights = start.weights();
      for (int i = 0; i < weights.length; i++) {
        // Scales and biases other than 1 and 0 show whether they are used as they should be.
        weights[i] += 0.1 * random.nextGaussian();
      }
      try (NDArray array = Values.of(net.manager(), precision, weights, weights.length)) {
        net.copy(array, net.weights());
      }
      net.setFixedWeights(start.fixed());
      float[] images = new float[BATCH * net.imageSize()];
      for (int i = 0; i < images.length; i++) {
        images[i] = (float) random.nextGaussian();
      }
      try (Examples examples = net.examples(images, new int[] {3, 0, 9, 3});
          NDArray logits = net.differentiate(examples)) {
        double[] means = Values.values(net.batchMeans());
        double[] variances = Values.values(net.batchVariances());
        try (NDArray m = net.batchMeans().mul(0.5);
            NDArray v = net.batchVariances().mul(2)) {
          net.useStatistics(m, v);
        }
        try (NDArray evaluated = net.evaluate(examples)) {
          return new Result(
              Values.values(logits),
              Values.values(net.gradient()),
              means,
              variances,
              Values.values(evaluated));
        }
      }
    }
  }

  private static double distance(double[] a, double[] b) {
    double difference = 0;
    double norm = Double.MIN_NORMAL; // what is all 0 in both is equal
    for (int i = 0; i < a.length; i++) {
      difference += (a[i] - b[i]) * (a[i] - b[i]);
      norm += b[i] * b[i];
    }
    return Math.sqrt(difference / norm);
  }

  private static double distance(Result a, Result b) {
    return Math.max(
        Math.max(distance(a.logits, b.logits), distance(a.gradient, b.gradient)),
        Math.max(
            distance(a.evaluated, b.evaluated),
            Math.max(distance(a.means, b.means), distance(a.variances, b.variances))));
  }

  /** Every library architecture with every normalisation, affine or not. */
  public static Stream<Architecture> certified() {
    List<Architecture> all = new ArrayList<>();
    List<NormLayer> layers =
        List.of(NormLayer.batch(), NormLayer.group(4), NormLayer.layer(), NormLayer.instance());
    for (NormLayer layer : layers) {
      for (NormLayer either : List.of(layer, layer.withAffine())) {
        all.add(PreResNet.of(8, 1, either));
        all.add(ResNet.of(8, 1, either));
        all.add(PlainCnn.of(1, 1, either));
        if (layer.kind() != NormLayer.Kind.INSTANCE) {
          all.add(FullyConnected.of(2, 12, either));
        }
      }
    }
    return all.stream();
  }

  static Stream<Architecture> architectures() {
    return Stream.concat(certified(), Stream.of(biased()));
  }

  /** Every module that the architectures of the paper do without. */
  private static Architecture biased() {
    Architecture.Builder net = Architecture.builder("biases, mean pooling, trained classifier");
    Node x = net.batchNormalization("norm", net.convolution("conv", net.input(3, 32, 32), 4, 5, 2));
    x = net.averagePool(net.relu(net.bias("bias1", x)), 4);
    net.bias("bias2", net.linear("classifier", net.flatten(x), 10));
    return net.build();
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void bothEnginesComputeTheSameUpToRounding(Architecture architecture) {
    Result mxnet = run(architecture, EngineName.MXNET, Precision.FLOAT64, 0.125);
    Result pytorch = run(architecture, EngineName.PYTORCH, Precision.FLOAT64, 0.125);
    assertThat(distance(mxnet, pytorch)).isLessThan(1e-12);
    assertThat(distance(mxnet.gradient, new double[mxnet.gradient.length])).isPositive();
  }

  @Test
  void anotherEpsilonIsSeen() {
    Result mxnet = run(EngineName.MXNET, Precision.FLOAT64, 1e-3);
    Result pytorch = run(EngineName.PYTORCH, Precision.FLOAT64, 1e-5);
    assertThat(distance(mxnet, pytorch)).isGreaterThan(1e-6);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void aSecondRunGivesTheSameBits(EngineName engine) {
    Result one = run(engine, Precision.FLOAT32, 1e-5);
    Result two = run(engine, Precision.FLOAT32, 1e-5);
    assertThat(one.gradient).isEqualTo(two.gradient);
    assertThat(one.logits).isEqualTo(two.logits);
    assertThat(one.evaluated).isEqualTo(two.evaluated);
    assertThat(one.variances).isEqualTo(two.variances);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void thirtyTwoBitsAreRoundedSixtyFour(EngineName engine) {
    double error =
        distance(run(engine, Precision.FLOAT32, 1e-5), run(engine, Precision.FLOAT64, 1e-5));
    assertThat(error).isBetween(1e-9, 1e-4);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void epsilonCanBeChangedAndIsNegligibleWhenTiny(EngineName engine) {
    Result tiny = run(engine, Precision.FLOAT64, 1e-20);
    Result tinier = run(engine, Precision.FLOAT64, 1e-30);
    assertThat(distance(tiny, tinier)).isLessThan(1e-13);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void anotherThreadCountInTheSameProcessIsRefused(EngineName engine) {
    run(engine, Precision.FLOAT32, 1e-5);
    assertThatThrownBy(
            () -> new Backend(engine, "cpu", Precision.FLOAT32, THREADS + 1).open(NET, BATCH, 1e-5))
        .hasMessageContaining("another number of threads in this process, 1")
        .hasMessageContaining("2");
  }

  @Test
  void refusesWhatDoesNotExist() {
    assertThatThrownBy(() -> EngineName.parse("tensorflow")).hasMessageContaining("'tensorflow'");
    assertThatThrownBy(() -> new Backend(EngineName.MXNET, "tpu", Precision.FLOAT32, 1))
        .hasMessageContaining("'tpu'");
    assertThatThrownBy(() -> new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 0))
        .hasMessageContaining("not 0");
    assertThatThrownBy(
            () ->
                new Backend(EngineName.PYTORCH, "gpu:7", Precision.FLOAT32, THREADS)
                    .open(NET, 2, 1e-5))
        .hasMessageContaining("gpu:7");
  }
}
