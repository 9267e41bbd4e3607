package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.optimizer.Optimizer;
import explr.schedule.Cosine;
import explr.schedule.ForwardingRates;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.statistics.Distance;
import explr.theory.LossSequence;
import explr.theory.MomentumSgd;
import explr.theory.OptimizerState;
import explr.theory.OptimizerSteps;
import explr.theory.Ripples;
import explr.theory.ScaleInvariantLoss;
import explr.theory.StateMap;
import explr.theory.ToyState;
import explr.theory.Trajectory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each optimizer without decay trains a scale-invariant toy along its trajectory with decay. */
class OptimizerTwinsTest {

  private static final double BAR = 1e-12;
  private static final int ROWS = 4;
  private static final LossSequence LOSSES = Ripples.of(12, 3);

  /** A warm-up from 0, a cosine and a change of decay; P grows to about 30. */
  private static final Recipe RECIPE =
      new Recipe(
          Cosine.from(0.02).over(300).warmedUp(0, 40),
          StepDecay.from(1.5).dividedBy(3).after(150),
          Schedule.constant(0.9),
          300);

  /** The same for Nesterov's momentum, which is 0 for a while. */
  private static final Recipe OF_NESTEROV =
      new Recipe(
          Cosine.from(0.1).over(300).warmedUp(0, 40),
          StepDecay.from(0.02).dividedBy(3).after(150),
          t -> t < 100 ? 0.9 : t < 200 ? 0 : 0.8,
          300);

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        new Optimizer.DecoupledMomentum(),
        Optimizer.AdamW.of(0.99, 1e-3),
        new Optimizer.AdamW(t -> 0.9 + 0.05 * Math.sin(t), 1e-8),
        Optimizer.Lion.of(0.99),
        new Optimizer.SignSgd(),
        new Optimizer.Muon(false, 1e-2),
        new Optimizer.Muon(true, 1e-7));
  }

  private static double[] start() {
    Random random = new Random(5);
    return IntStream.range(0, 12).mapToDouble(i -> random.nextGaussian()).toArray();
  }

  private static double distance(Optimizer optimizer, Rates decayed, Rates growing) {
    return distance(optimizer, start(), decayed, growing);
  }

  /** How far a run gets that began one last bit apart. */
  private static double floor(Optimizer optimizer) {
    double[] other = start();
    other[0] = Math.nextUp(other[0]);
    return distance(optimizer, other, RECIPE, RECIPE);
  }

  private static double distance(
      Optimizer optimizer, double[] start, Rates decayed, Rates growing) {
    OptimizerSteps steps = new OptimizerSteps(optimizer, ROWS);
    List<OptimizerState> one = steps.run(steps.start(start()), LOSSES, decayed);
    List<OptimizerState> two = steps.run(steps.start(start), LOSSES, growing);
    double largest = 0;
    for (int t = 0; t < one.size(); t++) {
      largest = Math.max(largest, Distance.between(one.get(t).direction(), two.get(t).direction()));
    }
    return largest;
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void areExactWhereTheirBuffersFollow(Optimizer optimizer) {
    FollowingBuffers twin = FollowingBuffers.of(RECIPE, optimizer);
    assertThat(Math.exp(twin.logScale(300))).isGreaterThan(5);
    // Muon's toy is chaotic: a last bit of its start grows to 1e-9.
    double bar = Math.max(BAR, 10 * floor(optimizer));
    assertThat(distance(optimizer, RECIPE, twin)).isLessThan(bar);
  }

  /** {@link FollowingBuffers} with one of its parts left out. */
  private record Without(Rates rates, boolean factor, boolean scale, double power)
      implements ForwardingRates {
    @Override
    public double bufferFactor(long iteration) {
      return factor ? 1 : rates.bufferFactor(iteration);
    }

    @Override
    public double logScale(long iteration) {
      return scale ? 0 : rates.logScale(iteration);
    }

    @Override
    public double logLearningRate(long iteration) {
      return rates.logLearningRate(iteration) + power * rates.logScale(iteration);
    }

    @Override
    public double learningRate(long iteration) {
      return Math.exp(logLearningRate(iteration));
    }
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void buffersThatDoNotFollowAreSeen(Optimizer optimizer) {
    Rates without = new Without(FollowingBuffers.of(RECIPE, optimizer), true, false, 0);
    assertThat(distance(optimizer, RECIPE, without)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void anotherPowerOfPIsSeen(Optimizer optimizer) {
    Rates without = new Without(FollowingBuffers.of(RECIPE, optimizer), false, false, 1);
    assertThat(distance(optimizer, RECIPE, without)).isGreaterThan(1e-2);
  }

  @Test
  void anEpsilonThatDoesNotScaleIsSeen() {
    for (Optimizer optimizer :
        List.of(Optimizer.AdamW.of(0.99, 1e-3), new Optimizer.Muon(false, 1e-2))) {
      Rates without = new Without(FollowingBuffers.of(RECIPE, optimizer), false, true, 0);
      assertThat(distance(optimizer, RECIPE, without)).isGreaterThan(1e-4);
    }
  }

  @Test
  void aTrajectoryWithDecayIsNotThatWithout() {
    Recipe undecayed =
        new Recipe(RECIPE.learningRate(), Schedule.constant(0), RECIPE.momentum(), 300);
    assertThat(distance(Optimizer.Lion.of(0.99), RECIPE, undecayed)).isGreaterThan(0.1);
  }

  /** F_ρ ∘ Step(c^(1−d) η/ρ, ε/c, 1) ∘ S_c = S_(c/ρ) ∘ Step(η, ε, ρ). */
  @ParameterizedTest
  @MethodSource("optimizers")
  void stepsCommuteWithScalings(Optimizer optimizer) {
    OptimizerSteps maps = new OptimizerSteps(optimizer, ROWS);
    ScaleInvariantLoss loss = LOSSES.at(7);
    double c = 3;
    double rho = 0.9;
    double rate = 0.05;
    double growing = Math.pow(c, 1 - optimizer.stepDegree()) * rate / rho;
    StateMap<OptimizerState> first =
        StateMap.compose(
            maps.following(rho), maps.step(loss, growing, 0.9, 7, 1 / c, 1), maps.scaling(c));
    StateMap<OptimizerState> second =
        StateMap.compose(maps.scaling(c / rho), maps.step(loss, rate, 0.9, 7, 1, rho));
    OptimizerState state =
        maps.run(maps.start(start()), LOSSES, Recipe.of(0.01, 0.1, 0.9, 5)).get(5);
    OptimizerState one = first.apply(state);
    OptimizerState two = second.apply(state);
    assertThat(Distance.relative(one.weights(), two.weights())).isLessThan(1e-14);
    for (int i = 0; i < one.buffers().size(); i++) {
      assertThat(Distance.relative(one.buffers().get(i), two.buffers().get(i))).isLessThan(1e-14);
    }
  }

  @Test
  void decoupledMomentumIsAlsoItsOwnConversion() {
    Rates twin = FollowingBuffers.of(RECIPE, new Optimizer.DecoupledMomentum());
    Twin other = DecoupledDecay.of(RECIPE);
    for (long t = 0; t < 300; t++) {
      if (t > 0) {
        assertThat(twin.logLearningRate(t)).isCloseTo(other.logLearningRate(t), within(4e-15));
      }
      assertThat(twin.momentum(t) * twin.bufferFactor(t)).isEqualTo(other.momentum(t));
    }
  }

  @Test
  void adamWWithConstantNumbersIsAdamWithSmallerBetas() {
    for (double epsilon : new double[] {0, 1e-3}) {
      Recipe recipe = Recipe.of(0.01, 2, 0.9, 300);
      Optimizer.AdamW adamW = Optimizer.AdamW.of(0.99, epsilon);
      SmallerBetas adam = SmallerBetas.of(recipe, adamW);
      OptimizerSteps steps = new OptimizerSteps(adamW, ROWS);
      OptimizerState start = steps.start(start());
      Trajectory decayed = Trajectory.ofWeights(steps.run(start, LOSSES, recipe));
      List<OptimizerState> growing = OptimizerSteps.run(start, LOSSES, adam);
      for (double distance : decayed.distances(Trajectory.ofWeights(growing))) {
        assertThat(distance).isLessThan(BAR);
      }
      OptimizerState one = steps.run(start, LOSSES, recipe).get(300);
      OptimizerState two = growing.get(300);
      assertThat(Distance.relative(two.weights(), scaled(one, adam.logScale(300))))
          .isLessThan(1e-12);
    }
    assertThatThrownBy(() -> SmallerBetas.of(RECIPE, Optimizer.AdamW.of(0.99, 0)))
        .hasMessageContaining("change at iteration 1");
  }

  private static double[] scaled(OptimizerState state, double logScale) {
    return new OptimizerSteps(Optimizer.Lion.of(0.9), ROWS)
        .scaling(Math.exp(logScale))
        .apply(new OptimizerState(state.weights(), state.buffers().subList(0, 1), new double[2]))
        .weights();
  }

  /** A step of a run without decay, which changes weights and buffer. */
  private interface Step {
    void take(long t, double[] weights, double[] buffer, double[] gradient);
  }

  /** The largest distance of a run without decay from Nesterov's with it. */
  private static double nesterovDistance(double[] buffer, Step step) {
    ToyState decayed = ToyState.of(start());
    double[] weights = start();
    double largest = 0;
    for (long t = 0; t < OF_NESTEROV.iterations(); t++) {
      decayed = MomentumSgd.NESTEROV.step(decayed, LOSSES.at(t), OF_NESTEROV, t);
      step.take(t, weights, buffer, LOSSES.at(t).gradient(weights));
      largest = Math.max(largest, decayed.distance(ToyState.of(weights)));
    }
    return largest;
  }

  /** By coefficients of its own; with Nesterov's instead of that of the kept buffer if wrong. */
  private static Step ofCoefficients(NesterovTwin twin, boolean right) {
    return (t, weights, buffer, gradient) -> {
      double rate = Math.exp(twin.logLearningRate(t));
      double kept = right ? twin.kept(t) : OF_NESTEROV.momentum(t);
      for (int i = 0; i < 12; i++) {
        buffer[i] = kept * buffer[i] + twin.taken(t) * gradient[i];
        weights[i] -= rate * (gradient[i] + twin.lookAhead(t) * buffer[i]);
      }
    };
  }

  @Test
  void nesterovHasATwinWithCoefficientsOfItsOwn() {
    NesterovTwin twin = NesterovTwin.of(OF_NESTEROV);
    assertThat(twin.logScale(300)).isGreaterThan(1);
    double[] buffer = new double[12];
    assertThat(nesterovDistance(buffer, ofCoefficients(twin, true))).isLessThan(BAR);
    ToyState decayed = MomentumSgd.NESTEROV.run(ToyState.of(start()), LOSSES, OF_NESTEROV).get(300);
    for (int i = 0; i < 12; i++) {
      double expected =
          Math.exp(-twin.logScale(300))
              * (decayed.buffer()[i] - twin.bufferOffset(300) * decayed.weights()[i]);
      assertThat(Math.abs(buffer[i] - expected)).isLessThan(1e-11);
    }
    assertThat(nesterovDistance(new double[12], ofCoefficients(twin, false))).isGreaterThan(1e-4);
  }

  /** Nesterov's own form, whose buffer is multiplied by a factor; without it if wrong. */
  private static Step ofScaledBuffer(NesterovTwin twin, boolean right) {
    return (t, weights, buffer, gradient) -> {
      double momentum = twin.momentum(t);
      for (int i = 0; i < 12; i++) {
        buffer[i] = momentum * (right ? twin.bufferFactor(t) : 1) * buffer[i] + gradient[i];
        weights[i] -= twin.learningRate(t) * (gradient[i] + momentum * buffer[i]);
      }
    };
  }

  @Test
  void nesterovWithDecayIsNesterovWithoutWhereItsBufferIsScaled() {
    NesterovTwin twin = NesterovTwin.of(OF_NESTEROV);
    assertThat(nesterovDistance(new double[12], ofScaledBuffer(twin, true))).isLessThan(BAR);
    assertThat(nesterovDistance(new double[12], ofScaledBuffer(twin, false))).isGreaterThan(1e-3);
  }

  @Test
  void nesterovWithoutMomentumIsPlainGradientDescent() {
    Recipe recipe = Recipe.of(0.1, 0.05, 0, 50);
    NesterovTwin twin = NesterovTwin.of(recipe);
    Twin plain = TexpPlusPlus.of(recipe);
    for (long t = 0; t < 50; t++) {
      assertThat(twin.logScale(t)).isEqualTo(plain.logScale(t));
      assertThat(twin.logLearningRate(t)).isEqualTo(plain.logLearningRate(t));
    }
  }

  @Test
  void whatHasNoTwinIsRefusedWithTheIteration() {
    Recipe strong = Recipe.of(1, 1.2, 0.9, 10);
    assertThatThrownBy(() -> FollowingBuffers.of(strong, Optimizer.Lion.of(0.9)))
        .hasMessageContaining("at iteration 0 λη = 1.2");
    Rates twin = FollowingBuffers.of(RECIPE, Optimizer.Lion.of(0.9));
    assertThatThrownBy(() -> FollowingBuffers.of(twin, Optimizer.Lion.of(0.9)))
        .hasMessageContaining("they are scaled by");
    assertThatThrownBy(() -> TexpPlusPlus.of(twin)).hasMessageContaining("they are scaled by");
    assertThatThrownBy(() -> FollowingBuffers.of(RECIPE, new Optimizer.Nesterov()))
        .hasMessageContaining("part of its gradient");
    assertThatThrownBy(() -> NesterovTwin.of(strong)).hasMessageContaining("at iteration 0");
    assertThatThrownBy(() -> new OptimizerSteps(new Optimizer.Momentum(), 1))
        .hasMessageContaining("decay in the gradient");
    assertThatThrownBy(() -> Optimizer.AdamW.of(0.9, -1)).hasMessageContaining("not -1.0");
  }
}
