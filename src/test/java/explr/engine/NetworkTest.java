package explr.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import explr.network.Architecture;
import explr.network.Initialization;
import explr.network.PreResNet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NetworkTest {

  private static final int BATCH = 4;
  private static final Architecture NET = PreResNet.depth(8);

  /** What a training batch and an evaluation gave, on the host. */
  private record Result(
      double[] logits, double[] gradient, double[] means, double[] variances, double[] evaluated) {}

  static Backend backend(EngineName engine, Precision precision) {
    return new Backend(engine, "cpu", precision, 2);
  }

  private static Result run(EngineName engine, Precision precision, double epsilon) {
    try (Network net = backend(engine, precision).open(NET, BATCH, epsilon)) {
      Initialization start = Initialization.of(net.layout(), 5);
      try (NDArray weights =
          Values.of(net.manager(), precision, start.weights(), start.weights().length)) {
        net.copy(weights, net.weights());
      }
      net.setFixedWeights(start.fixed());
      Random random = new Random(7);
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
    double norm = 0;
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

  @Test
  void bothEnginesComputeTheSameUpToRounding() {
    Result mxnet = run(EngineName.MXNET, Precision.FLOAT64, 1e-5);
    Result pytorch = run(EngineName.PYTORCH, Precision.FLOAT64, 1e-5);
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
            () -> new Backend(engine, "cpu", Precision.FLOAT32, 3).open(NET, BATCH, 1e-5))
        .hasMessageContaining("2 threads")
        .hasMessageContaining("3");
  }

  @Test
  void refusesWhatDoesNotExist() {
    assertThatThrownBy(() -> EngineName.parse("tensorflow")).hasMessageContaining("'tensorflow'");
    assertThatThrownBy(() -> new Backend(EngineName.MXNET, "tpu", Precision.FLOAT32, 1))
        .hasMessageContaining("'tpu'");
    assertThatThrownBy(() -> new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 0))
        .hasMessageContaining("not 0");
    assertThatThrownBy(
            () -> new Backend(EngineName.PYTORCH, "gpu:7", Precision.FLOAT32, 2).open(NET, 2, 1e-5))
        .hasMessageContaining("gpu:7");
  }
}
