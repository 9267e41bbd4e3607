package explr.equivalence;

import static explr.equivalence.Deviation.Quantity.BUFFER;
import static explr.equivalence.Deviation.Quantity.DIRECTION;
import static explr.equivalence.Deviation.Quantity.EVALUATION;
import static explr.equivalence.Deviation.Quantity.LOGITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.conversion.ExpLr;
import explr.conversion.RateInsideBuffer;
import explr.conversion.Texp;
import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.engine.EngineName;
import explr.engine.NetworkTest;
import explr.engine.Precision;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.network.Node;
import explr.network.NormLayer;
import explr.network.PreResNet;
import explr.network.ResNet;
import explr.optimizer.Optimizer;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.training.Degrees;
import explr.training.Task;
import explr.training.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LockStepTest {

  private static final int STEPS = 20;

  /** Divided by 10 in the middle, with ten times the paper's weight decay. */
  private static final Rates RECIPE =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(STEPS / 2), 5e-3, 0.9, STEPS);

  private static final Optimizer MOMENTUM = new Optimizer.Momentum();
  private static final Twin TWIN = TexpPlusPlus.of(RECIPE);
  private static final Twin TEXP = Texp.of(RECIPE);

  private static double worst(LockStep report, String run) {
    return Arrays.stream(Deviation.Quantity.values())
        .mapToDouble(quantity -> report.maximum(run, quantity))
        .max()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void everyConversionIsExactIn64Bits(EngineName engine) throws InterruptedException {
    Task task = Tasks.exact(engine).with(PreResNet.depth(20)).withBatchSize(16);
    Counterpart texp = Counterpart.of("TEXP", TEXP);
    LockStep report =
        LockStep.of(
            task,
            RECIPE,
            List.of(
                Counterpart.of("TEXP++", TWIN),
                texp,
                texp.named("no correction").withRates(TEXP.withoutCorrections())),
            STEPS);
    assertThat(worst(report, "TEXP++")).isLessThan(1e-12);
    assertThat(worst(report, "TEXP")).isLessThan(1e-12);
    assertThat(report.maximum("no correction", BUFFER)).isGreaterThan(1e-3);
    Rates constant = Recipe.of(0.1, 5e-3, 0.9, 5);
    Counterpart expLr = Counterpart.of("Theorem 2.9", ExpLr.of(constant));
    assertThat(worst(LockStep.of(task, constant, List.of(expLr), 5), "Theorem 2.9"))
        .isLessThan(1e-12);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void in32BitsOnlyRoundingComesBetween(EngineName engine) throws InterruptedException {
    Task task =
        Tasks.small(engine, Precision.FLOAT32)
            .with(PreResNet.depth(20))
            .withBatchSize(16)
            .withEpsilon(1e-20);
    LockStep report =
        LockStep.of(
            task,
            RECIPE,
            List.of(
                Counterpart.of("TEXP++", TWIN),
                Counterpart.of("TEXP", TEXP),
                Counterpart.scaled(MOMENTUM, RECIPE, Math.E),
                Counterpart.flipped(RECIPE)),
            STEPS);
    for (String run : List.of("TEXP++", "TEXP")) {
      for (Deviation.Quantity quantity : Deviation.Quantity.values()) {
        assertThat(report.medianRatio(run, "scaled by e", quantity))
            .as(run + quantity)
            .isLessThan(3);
        double largest =
            Math.max(
                report.maximum("scaled by e", quantity),
                report.maximum("one bit flipped", quantity));
        assertThat(report.maximum(run, quantity)).as(run + quantity).isLessThan(10 * largest);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void wrongFormsAreSeen(EngineName engine) throws InterruptedException {
    Task task = Tasks.exact(engine);
    Counterpart twin = Counterpart.of("TEXP++", TWIN);
    Counterpart texp = Counterpart.of("TEXP", TEXP);
    Degrees ignored = Degrees.of(task.architecture(), new int[normalizations(task)]);
    LockStep report =
        LockStep.of(
            task,
            RECIPE,
            List.of(
                twin,
                texp,
                texp.named("index slip").withRates(new Slipped(TEXP)),
                twin.named("DJL's SGD").withRates(new RateInsideBuffer(TWIN)),
                twin.named("u dropped").withoutBufferOffset(),
                twin.named("statistics left").withStatistics(ignored)),
            STEPS);
    assertThat(worst(report, "TEXP++")).isLessThan(1e-12);
    assertThat(worst(report, "TEXP")).isLessThan(1e-12);
    assertThat(report.maximum("index slip", DIRECTION)).isGreaterThan(1e-3);
    assertThat(report.maximum("DJL's SGD", DIRECTION)).isGreaterThan(1e-3);
    assertThat(report.maximum("u dropped", BUFFER)).isGreaterThan(1e-2);
    assertThat(report.maximum("statistics left", EVALUATION)).isGreaterThan(1e-3);
    assertThat(report.maximum("statistics left", LOGITS)).isLessThan(1e-12);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void theSlipOfTheEquationWithoutInstantDecayIsSeen(EngineName engine)
      throws InterruptedException {
    // Equations 8 and 9: the rate stays, the decay falls.
    Rates falling =
        new Recipe(
            Schedule.constant(0.1),
            StepDecay.from(5e-3).dividedBy(10).after(3),
            Schedule.constant(0.9),
            6);
    Twin texp = Texp.of(falling);
    Counterpart counterpart = Counterpart.of("TEXP--", texp);
    LockStep report =
        LockStep.of(
            Tasks.exact(engine),
            falling,
            List.of(counterpart, counterpart.named("slipped").withRates(new Slipped(texp))),
            6);
    assertThat(worst(report, "TEXP--")).isLessThan(1e-12);
    assertThat(report.maximum("slipped", DIRECTION)).isGreaterThan(1e-6);
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(EngineName.values())
        .flatMap(
            engine ->
                Stream.of(ComparedOptimizer.values()).map(other -> Arguments.of(engine, other)));
  }

  /** A warm-up, a cosine and a change of decay lie within the steps. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void everyOptimizersTwinIsExactAndItsWrongFormsAreSeen(
      EngineName engine, ComparedOptimizer compared) throws InterruptedException {
    Optimizer optimizer = compared.optimizer();
    Rates recipe = compared.recipe(10);
    Counterpart twin = Counterpart.of(optimizer, recipe);
    List<Counterpart> wrong = Control.of(optimizer, recipe, twin);
    Stream<Counterpart> exact =
        Exactness.counterparts(optimizer, recipe, Arithmetic.EXACT).stream();
    LockStep report = LockStep.of(Tasks.exact(engine).with(optimizer), recipe, exact.toList(), 10);
    assertThat(report.runs()).hasSizeGreaterThan(wrong.size());
    for (String run : report.runs()) {
      Optional<Control> control = Control.named(run);
      if (control.isEmpty()) {
        assertThat(worst(report, run)).as(run).isLessThan(1e-12);
      } else {
        assertThat(report.maximum(run, control.get().quantity())).as(run).isGreaterThan(1e-10);
      }
    }
    assertThat(report.runs()).containsAll(wrong.stream().map(Counterpart::name).toList());
    assertThat(wrong.isEmpty()).isEqualTo(compared == ComparedOptimizer.MOMENTUM);
  }

  /** A rounding flips the sign of what is nearly 0; the scaled run flips as many. */
  @ParameterizedTest
  @MethodSource("optimizers")
  void in32BitsEveryOptimizersTwinDeviatesAsAScaledRunDoes(
      EngineName engine, ComparedOptimizer compared) throws InterruptedException {
    Optimizer optimizer = compared.optimizer();
    Rates recipe = compared.recipe(10);
    Counterpart twin = Counterpart.of(optimizer, recipe);
    LockStep report =
        LockStep.of(
            Tasks.small(engine, Precision.FLOAT32).withEpsilon(1e-20).with(optimizer),
            recipe,
            List.of(twin, Counterpart.scaled(optimizer, recipe, Math.E)),
            10);
    for (Deviation.Quantity quantity : Deviation.Quantity.values()) {
      assertThat(report.medianRatio(twin.name(), "scaled by e", quantity))
          .as(quantity.title())
          .isLessThan(3);
    }
  }

  @ParameterizedTest
  @EnumSource(ComparedOptimizer.class)
  void aScaledRunOfEveryOptimizerIsTheSameRun(ComparedOptimizer compared)
      throws InterruptedException {
    Optimizer optimizer = compared.optimizer();
    Rates recipe = compared.recipe(5);
    LockStep report =
        LockStep.of(
            Tasks.exact(EngineName.PYTORCH).with(optimizer),
            recipe,
            List.of(
                Counterpart.scaled(optimizer, recipe, 1024),
                Counterpart.scaled(optimizer, recipe, Math.E)),
            5);
    assertThat(report.maximum("scaled by 1024", LOGITS)).isZero();
    assertThat(worst(report, "scaled by 1024")).isLessThan(1e-12);
    assertThat(worst(report, "scaled by e")).isBetween(1e-16, 1e-12);
  }

  static Stream<Arguments> architectures() {
    return Stream.of(EngineName.values())
        .flatMap(engine -> NetworkTest.certified().map(net -> Arguments.of(engine, net)));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void everyArchitectureAndNormalizationIsEquivalent(EngineName engine, Architecture net)
      throws InterruptedException {
    Task task = Tasks.exact(engine).with(net);
    Counterpart twin = Counterpart.of("TEXP++", TWIN);
    LockStep report = LockStep.of(task, RECIPE, List.of(twin), 2);
    assertThat(worst(report, "TEXP++")).isLessThan(1e-12);
  }

  private static int normalizations(Task task) {
    return task.architecture().normalizations().size();
  }

  /** Equation 8 as printed: what belongs to a phase's first step comes one step late. */
  private record Slipped(Rates rates) implements ForwardingRates {
    @Override
    public double logLearningRate(long iteration) {
      return rates.logLearningRate(Math.max(0, iteration - 1));
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void epsilonIsTheCauseOfWhatTheDefaultCosts(EngineName engine) throws InterruptedException {
    Counterpart left = Counterpart.of("left as it is", TWIN);
    List<Counterpart> both = List.of(left, left.named("following").withEpsilonFollowing());
    for (double epsilon : new double[] {1e-5, 1e-3}) {
      LockStep report = LockStep.of(Tasks.exact(engine).withEpsilon(epsilon), RECIPE, both, STEPS);
      assertThat(worst(report, "left as it is")).isGreaterThan(epsilon * 1e-3);
      assertThat(worst(report, "following")).isLessThan(1e-12);
    }
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void affinePartsAndMixedDegreesAreFollowed(EngineName engine) throws InterruptedException {
    Architecture net = ResNet.of(8, 1, NormLayer.batch().withAffine());
    Task task = Tasks.exact(engine).with(net);
    int[] ones = new int[normalizations(task)];
    Arrays.fill(ones, 1);
    Counterpart twin = Counterpart.of("TEXP++", TWIN);
    Counterpart degree1 = twin.named("degree 1").withStatistics(Degrees.of(net, ones));
    assertThat(Homogeneity.of(net).normalizedDegrees()).contains(1, 2);
    LockStep report = LockStep.of(task, RECIPE, List.of(twin, degree1), STEPS);
    assertThat(worst(report, "TEXP++")).isLessThan(1e-12);
    assertThat(report.maximum("degree 1", EVALUATION)).isGreaterThan(1e-3);
    List<Counterpart> both =
        List.of(twin.named("ε left"), twin.named("ε following").withEpsilonFollowing());
    LockStep usual = LockStep.of(task.withEpsilon(1e-3), RECIPE, both, 5);
    assertThat(worst(usual, "ε left")).isGreaterThan(1e-6);
    assertThat(worst(usual, "ε following")).isLessThan(1e-12);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void aBiasThatIsSubtractedAgainIsPassedOver(EngineName engine) throws InterruptedException {
    Architecture.Builder net = Architecture.builder("bias of degree 1 on degree 2");
    Node x = net.convolution("conv1", net.input(3, 32, 32), 8, 3, 2);
    x = net.relu(net.normalization("norm1", x, NormLayer.batch().withAffine()));
    x = net.bias("bias", net.convolution("conv2", x, 8, 3, 2));
    x = net.relu(net.batchNormalization("norm2", x));
    net.fixedLinear("classifier", net.globalAveragePool(x), 10);
    LockStep report =
        LockStep.of(
            Tasks.exact(engine).with(net.build()),
            RECIPE,
            List.of(Counterpart.of("TEXP++", TWIN)),
            STEPS);
    assertThat(worst(report, "TEXP++")).isLessThan(1e-12);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void aPowerOfTwoChangesNoBitAndAnotherFactorOnlyBits(EngineName engine)
      throws InterruptedException {
    Task task = Tasks.small(engine, Precision.FLOAT32).withEpsilon(1e-20);
    LockStep report =
        LockStep.of(
            task,
            RECIPE,
            List.of(
                Counterpart.scaled(MOMENTUM, RECIPE, 1024),
                Counterpart.scaled(MOMENTUM, RECIPE, 1000)),
            5);
    assertThat(report.maximum("scaled by 1024", LOGITS)).isZero();
    assertThat(report.maximum("scaled by 1000", LOGITS)).isBetween(1e-9, 1e-3);
  }

  @Test
  void theMedianRatioComparesStepWithStep() {
    LockStep report =
        new LockStep(
            Stream.of(at(0, 1e-6, 1e-6), at(1, 1e-3, 1e-6), at(2, 1e-6, 1e-3), at(3, 1e-3, 1e-3))
                .flatMap(List::stream)
                .toList());
    assertThat(report.medianRatio("one", "other", BUFFER)).isEqualTo(1);
    LockStep worse =
        new LockStep(Stream.concat(at(0, 4e-6, 1e-6).stream(), at(1, 5, 1).stream()).toList());
    assertThat(worse.medianRatio("one", "other", BUFFER)).isBetween(4.4, 4.6);
  }

  private static List<Deviation> at(long step, double one, double other) {
    return List.of(
        new Deviation("one", step, 0, 0, one, 0), new Deviation("other", step, 0, 0, other, 0));
  }

  @Test
  void refusesANetworkThatIsNotCertified() {
    Architecture.Builder net = Architecture.builder("trained classifier");
    var x = net.batchNormalization("norm", net.convolution("conv", net.input(3, 32, 32), 4, 3, 1));
    net.linear("classifier", net.globalAveragePool(x), 10);
    Task task = Tasks.exact(EngineName.MXNET).with(net.build());
    assertThatThrownBy(
            () -> LockStep.of(task, RECIPE, List.of(Counterpart.of("TEXP++", TWIN)), STEPS))
        .hasMessageContaining("classifier")
        .hasMessageContaining("degree 1");
  }
}
