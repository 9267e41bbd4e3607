package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.optimizer.Optimizer;
import explr.schedule.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Predicted angles and times against simulations with independent gradients. */
class OptimizerEquilibriumTest {

  private static final int DIMENSION = 256;
  private static final double RATE = 0.01;
  private static final double DECAY = 0.5;
  private static final int LENGTH = 6_000;
  private static final int SETTLED = 2_000;

  static Stream<Arguments> decoupled() {
    return Stream.of(
        Arguments.of(new Optimizer.DecoupledMomentum(), 0.0, 1),
        Arguments.of(new Optimizer.DecoupledMomentum(), 0.9, 1),
        Arguments.of(Optimizer.AdamW.of(0.999, 1e-12), 0.9, 1),
        Arguments.of(Optimizer.AdamW.of(0.999, 1e-12), 0.5, 1),
        Arguments.of(Optimizer.Lion.of(0.99), 0.9, 1),
        Arguments.of(Optimizer.Lion.of(0.98), 0.95, 1),
        Arguments.of(new Optimizer.SignSgd(), 0.0, 1),
        Arguments.of(new Optimizer.SignSgd(), 0.9, 1),
        Arguments.of(new Optimizer.Muon(false, 1e-12), 0.9, 4),
        Arguments.of(new Optimizer.Muon(true, 1e-12), 0.9, 4));
  }

  private static double[] start() {
    Random random = new Random(3);
    double[] weights = new double[DIMENSION];
    Arrays.setAll(weights, i -> random.nextGaussian());
    return weights;
  }

  private static Trajectory run(Optimizer optimizer, double momentum, int rows, double factor) {
    OptimizerSteps steps = new OptimizerSteps(optimizer, rows);
    Recipe recipe = Recipe.of(RATE, DECAY, momentum, LENGTH);
    double[] weights = Vectors.scaled(factor, start());
    return Trajectory.ofWeights(
        steps.run(steps.start(weights), new RandomGradients(DIMENSION, 7), recipe));
  }

  /** The root mean square of the angles per step after the start is forgotten. */
  private static double angle(Trajectory run) {
    double[] angles = run.angles();
    return Math.sqrt(
        Arrays.stream(angles, SETTLED, angles.length).map(a -> a * a).average().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("decoupled")
  void anglesPerStepAreThePredictedOnes(Optimizer optimizer, double momentum, int rows) {
    OptimizerEquilibrium theory = new OptimizerEquilibrium(optimizer, RATE, DECAY, momentum);
    double ratio = angle(run(optimizer, momentum, rows, 0.1)) / theory.anglePerStep();
    // Muon's five iterations do not make all singular values equal.
    assertThat(ratio).isBetween(0.99, optimizer instanceof Optimizer.Muon ? 1.06 : 1.01);
  }

  /** A prediction without correlation, and that of Theorem C.2, are seen to fail. */
  @ParameterizedTest
  @MethodSource("decoupled")
  void predictionsForOtherOptimizersAreSeenToFail(Optimizer optimizer, double momentum, int rows) {
    if (momentum == 0) {
      return;
    }
    double measured = angle(run(optimizer, momentum, rows, 0.1));
    assertThat(measured / Math.sqrt(2 * RATE * DECAY)).isLessThan(0.7);
    assertThat(measured / new Equilibrium(RATE, DECAY, momentum).anglePerStep()).isLessThan(0.8);
  }

  private static double angleOfSgd(MomentumSgd form, double decay) {
    Recipe recipe = Recipe.of(0.1, decay, 0.9, LENGTH);
    return angle(
        new Trajectory(form.run(ToyState.of(start()), new RandomGradients(DIMENSION, 7), recipe)));
  }

  @Test
  void sgdWithDecayInItsGradientHasTheAngleOfTheoremC2() {
    double predicted =
        new OptimizerEquilibrium(new Optimizer.Momentum(), 0.1, 5e-3, 0.9).anglePerStep();
    assertThat(predicted).isEqualTo(new Equilibrium(0.1, 5e-3, 0.9).anglePerStep());
    assertThat(angleOfSgd(MomentumSgd.PAPER, 5e-3) / predicted).isCloseTo(1, within(0.02));
    assertThat(angleOfSgd(MomentumSgd.DECOUPLED, 5e-3) / predicted).isLessThan(0.5);
  }

  @Test
  void nesterovsMomentumHasALargerAngle() {
    double predicted =
        new OptimizerEquilibrium(new Optimizer.Nesterov(), 0.1, 5e-3, 0.9).anglePerStep();
    assertThat(predicted)
        .isCloseTo(Math.sqrt(2 * 5e-4 * (1 + 1.8 - 2 * 0.729) / 1.9), within(1e-12));
    double measured = angleOfSgd(MomentumSgd.NESTEROV, 5e-3);
    assertThat(measured / predicted).isCloseTo(1, within(0.03));
    assertThat(measured / new Equilibrium(0.1, 5e-3, 0.9).anglePerStep()).isGreaterThan(1.1);
  }

  /** D/R = 2ηλ(1 − γ)/(1 + γρ) needs nothing of the gradients but ⟨g, θ⟩ = 0. */
  @Test
  void sgdwHasItsEquilibriumWhateverTheGradients() {
    double decay = 0.02;
    Recipe recipe = Recipe.of(0.1, decay, 0.9, 60_000);
    Trajectory run =
        new Trajectory(
            MomentumSgd.DECOUPLED.run(ToyState.of(1, 2, 3, -1), Ripples.of(4, 5), recipe));
    double[] steps = run.squaredSteps();
    double[] norms = run.squaredNorms();
    double d = Arrays.stream(steps, 10_000, steps.length).average().orElseThrow();
    double r = Arrays.stream(norms, 10_000, norms.length).average().orElseThrow();
    double decayed = 0.1 * decay;
    double exact = 2 * decayed * 0.1 / (1 + 0.9 * (1 - decayed));
    assertThat(d / r / exact).isCloseTo(1, within(2e-3));
    double angle =
        new OptimizerEquilibrium(new Optimizer.DecoupledMomentum(), 0.1, decay, 0.9).anglePerStep();
    assertThat(2 - 2 * Math.cos(angle)).isCloseTo(exact, within(1e-12));
  }

  @Test
  void formulasOfTheTableAreThoseOfTheSums() {
    double[] momenta = {0, 0.5, 0.9, 0.99};
    for (double g : momenta) {
      double ema = (1 + g) / (1 - g);
      assertThat(correlation(Optimizer.AdamW.of(0.999, 0), g)).isCloseTo(ema, within(1e-11));
      assertThat(correlation(new Optimizer.Muon(true, 0), g))
          .isCloseTo(ema / (1 + 2 * g - 2 * g * g * g), within(1e-11));
    }
    assertThat(correlation(new Optimizer.SignSgd(), 0)).isEqualTo(1);
    assertThat(correlation(Optimizer.Lion.of(0.9), 0)).isEqualTo(1);
    // Lion with β₁ = β₂ takes the signs of a plain average.
    assertThat(correlation(Optimizer.Lion.of(0.9), 0.9))
        .isCloseTo(correlation(new Optimizer.SignSgd(), 0.9), within(1e-11));
  }

  private static double correlation(Optimizer optimizer, double momentum) {
    return new OptimizerEquilibrium(optimizer, RATE, DECAY, momentum).correlation();
  }

  /** From weights much too long: what is left of the distance after one relaxation. */
  private static double left(Optimizer optimizer, double momentum, int power, double times) {
    OptimizerEquilibrium theory = new OptimizerEquilibrium(optimizer, RATE, DECAY, momentum);
    double[] norms =
        run(optimizer, momentum, 1, optimizer.stepDegree() == 0 ? 5 : 1).squaredNorms();
    double settled =
        Arrays.stream(norms, SETTLED, norms.length)
            .map(r -> Math.pow(r, power / 2.0))
            .average()
            .orElseThrow();
    int after = (int) Math.round(times * theory.relaxation());
    int first = 50;
    return (Math.pow(norms[first + after], power / 2.0) - settled)
        / (Math.pow(norms[first], power / 2.0) - settled);
  }

  @Test
  void normsRelaxInThePredictedTime() {
    Optimizer adamW = Optimizer.AdamW.of(0.999, 1e-12);
    Optimizer sgdw = new Optimizer.DecoupledMomentum();
    for (double times : new double[] {1, 2}) {
      double e = Math.exp(-times);
      assertThat(left(adamW, 0.9, 2, times)).isCloseTo(e, within(0.1 * e));
      assertThat(left(new Optimizer.SignSgd(), 0, 2, times)).isCloseTo(e, within(0.1 * e));
      assertThat(left(sgdw, 0.9, 4, times)).isCloseTo(e, within(0.1 * e));
    }
    // The other power, and so the other time, is seen to fail.
    OptimizerEquilibrium theory = new OptimizerEquilibrium(adamW, RATE, DECAY, 0.9);
    assertThat(theory.relaxingPower()).isEqualTo(2);
    assertThat(left(adamW, 0.9, 4, 1)).isLessThan(0.2);
  }

  @Test
  void theWeightsForgetInTheTimeOfDecay() {
    assertThat(new OptimizerEquilibrium(new Optimizer.SignSgd(), 0.01, 0.5, 0.9).memory())
        .isCloseTo(200, within(1e-9));
    assertThat(new OptimizerEquilibrium(new Optimizer.Momentum(), 0.01, 0.5, 0.9).memory())
        .isCloseTo(20, within(1e-9));
    assertThat(new OptimizerEquilibrium(new Optimizer.Momentum(), 0.1, 5e-4, 0.9).relaxation())
        .isCloseTo(new Equilibrium(0.1, 5e-4, 0.9).relaxation(), within(1e-9));
  }

  @Test
  void squareMatricesTurnFasterUnderMuon() {
    Optimizer muon = new Optimizer.Muon(false, 1e-12);
    double predicted = new OptimizerEquilibrium(muon, RATE, DECAY, 0.9).anglePerStep();
    assertThat(angle(run(muon, 0.9, 16, 0.1)) / predicted).isBetween(1.1, 1.16);
  }

  /** Each gradient eight times in a row; its entries differ in size by a factor of up to e². */
  private static LossSequence repeated() {
    return t -> {
      SplittableRandom random = new SplittableRandom(new SplittableRandom(t / 8).nextLong());
      double[] slope = new double[DIMENSION];
      Arrays.setAll(slope, i -> Math.exp(2.0 * i / DIMENSION) * random.nextGaussian());
      return ScaleInvariantLoss.ofDirection(d -> Vectors.dot(slope, d), d -> slope);
    };
  }

  /** Measured over predicted, between weights whose entries are multiplied by the root of √v. */
  private static double whereGradientsRepeat(Optimizer optimizer, boolean byRootOfV) {
    OptimizerSteps steps = new OptimizerSteps(optimizer, 1);
    Recipe recipe = Recipe.of(RATE, DECAY, 0.9, LENGTH);
    List<ToyState> states = new ArrayList<>();
    for (OptimizerState state :
        steps.run(steps.start(Vectors.scaled(0.1, start())), repeated(), recipe)) {
      double[] weights = state.weights().clone();
      Arrays.setAll(weights, i -> weights[i] * (byRootOfV ? Math.exp(1.0 * i / DIMENSION) : 1));
      states.add(ToyState.of(weights));
    }
    return angle(new Trajectory(states))
        / new OptimizerEquilibrium(optimizer, RATE, DECAY, 0.9).anglePerStep();
  }

  @Test
  void whereTheAngleFollowsFromOrthogonalityGradientsMayRepeat() {
    assertThat(whereGradientsRepeat(new Optimizer.DecoupledMomentum(), false))
        .isCloseTo(1, within(1e-3));
    Optimizer adamW = Optimizer.AdamW.of(0.999, 1e-12);
    assertThat(whereGradientsRepeat(adamW, true)).isCloseTo(1, within(5e-3));
    assertThat(whereGradientsRepeat(adamW, false)).isBetween(1.02, 1.06);
  }

  @Test
  void elsewhereRepeatedGradientsChangeTheAngle() {
    assertThat(whereGradientsRepeat(Optimizer.Lion.of(0.99), false)).isLessThan(0.8);
    assertThat(whereGradientsRepeat(new Optimizer.Muon(true, 1e-12), false)).isLessThan(0.95);
  }

  @Test
  void settingsWithoutAnEquilibriumAreRefused() {
    Optimizer lion = Optimizer.Lion.of(0.99);
    for (double decay : new double[] {0, 100}) {
      assertThatThrownBy(() -> new OptimizerEquilibrium(lion, 0.01, decay, 0.9))
          .hasMessageContaining("0 < ηλ < 1");
    }
    assertThatThrownBy(() -> new RandomGradients(1, 0)).hasMessageContaining("not 1");
  }
}
