package explr.theory;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.CharacteristicRoot;
import explr.statistics.Distance;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lemmas of Sections 2.1 and 2.2 and of Appendix B.4 as maps that commute. */
class StateMapTest {

  private static final double BAR = 1e-13;

  /** A setting of the lemmas. */
  private record Setting(
      ScaleInvariantLoss loss,
      PlainState plain,
      BufferedState buffered,
      double rate,
      double decay,
      double momentum,
      double c) {

    double rho() {
      return 1 - rate * decay;
    }

    double alpha() {
      return CharacteristicRoot.of(rate, decay, momentum).value();
    }

    StateMap<BufferedState> step(double rho) {
      return BufferedState.gradientDescent(loss, rho, momentum);
    }

    /** The buffered state with equal rates, as Lemma 2.8 needs it. */
    BufferedState equalRates() {
      return BufferedState.of(buffered.weights(), rate, buffered.bufferedWeights(), rate);
    }
  }

  static Stream<Setting> settings() {
    Random random = new Random(6);
    return Stream.generate(
            () -> {
              double momentum = 0.1 + 0.85 * random.nextDouble();
              double rate = 0.05 + random.nextDouble();
              double decay = CharacteristicRoot.critical(momentum) / rate * random.nextDouble();
              double[] weights = random.doubles(5, -2, 2).toArray();
              double[] before = random.doubles(5, -2, 2).toArray();
              return new Setting(
                  Ripples.of(5, random.nextLong()).at(0),
                  PlainState.of(weights, rate),
                  BufferedState.of(weights, rate, before, 0.05 + random.nextDouble()),
                  rate,
                  decay,
                  momentum,
                  0.1 + 5 * random.nextDouble());
            })
        .limit(300);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void lemma22WritesDecayAsScalingsAroundAStep(Setting s) {
    double rho = s.rho();
    StateMap<PlainState> right =
        StateMap.compose(
            PlainState.scaleRate(rho),
            PlainState.scaleWeights(rho),
            PlainState.gradientDescent(s.loss, 1),
            PlainState.scaleRate(1 / rho));
    StateMap<PlainState> left = PlainState.gradientDescent(s.loss, rho);
    assertThat(right.apply(s.plain).distance(left.apply(s.plain))).isLessThan(BAR);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void lemma24EquivalentScalingCommutesWithAStep(Setting s) {
    StateMap<PlainState> step = PlainState.gradientDescent(s.loss, s.rho());
    StateMap<PlainState> scaling = PlainState.equivalentScaling(s.c);
    assertThat(commute(step, scaling, s.plain)).isLessThan(BAR);
    StateMap<PlainState> other =
        PlainState.scaleWeights(s.c).after(PlainState.scaleRate(s.c * s.c * 1.01));
    assertThat(commuteExceptRate(step, other, s.plain)).isGreaterThan(1e-6);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theorem21TurnsDecayIntoAGrowingRate(Setting s) {
    double rho = s.rho();
    int steps = 10;
    Ripples losses = Ripples.of(5, 4);
    PlainState decayed = s.plain;
    PlainState growing = PlainState.scaleRate(1 / rho).apply(s.plain);
    for (int t = 0; t < steps; t++) {
      decayed = PlainState.gradientDescent(losses.at(t), rho).apply(decayed);
      double factor = t < steps - 1 ? 1 / (rho * rho) : 1 / rho;
      growing =
          PlainState.scaleRate(factor)
              .after(PlainState.gradientDescent(losses.at(t), 1))
              .apply(growing);
    }
    PlainState back = PlainState.equivalentScaling(Math.pow(rho, steps)).apply(growing);
    assertThat(back.distance(decayed)).isLessThan(1e-10);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void lemma27EquivalentScalingCommutesWithAStepWithMomentum(Setting s) {
    StateMap<BufferedState> scaling = BufferedState.equivalentScaling(s.c);
    StateMap<BufferedState> step = s.step(s.rho());
    BufferedState left = step.after(scaling).apply(s.buffered);
    BufferedState right = scaling.after(step).apply(s.buffered);
    assertThat(left.distance(right)).isLessThan(BAR);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void lemma28WritesDecayWithMomentumAsScalingsAroundAStep(Setting s) {
    double alpha = s.alpha();
    StateMap<BufferedState> right =
        StateMap.compose(
            BufferedState.scaleBufferedRate(alpha),
            BufferedState.scaleRate(alpha),
            BufferedState.scaleWeights(alpha),
            s.step(1),
            BufferedState.scaleRate(1 / alpha),
            BufferedState.scaleBufferedWeights(alpha),
            BufferedState.scaleBufferedRate(alpha));
    BufferedState left = s.step(s.rho()).apply(s.equalRates());
    assertThat(right.apply(s.equalRates()).distance(left)).isLessThan(1e-11);
    // and not where the rates differ, which is why a phase begins with a correction
    assertThat(right.apply(s.buffered).distance(s.step(s.rho()).apply(s.buffered)))
        .isGreaterThan(1e-9);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void lemmaB3CanonicalizationChangesNoStepAndCommutesWithScaling(Setting s) {
    StateMap<BufferedState> canonicalize = BufferedState.canonicalize();
    StateMap<BufferedState> step = s.step(s.rho());
    assertThat(step.after(canonicalize).apply(s.buffered).distance(step.apply(s.buffered)))
        .isLessThan(BAR);
    StateMap<BufferedState> scaling = BufferedState.equivalentScaling(s.c);
    BufferedState left = canonicalize.after(scaling).apply(s.buffered);
    assertThat(left.distance(scaling.after(canonicalize).apply(s.buffered))).isLessThan(BAR);
  }

  @ParameterizedTest
  @MethodSource("settings")
  void lemmaB5HoldsForAnyStateAfterCanonicalization(Setting s) {
    double alpha = s.alpha();
    StateMap<BufferedState> right =
        StateMap.compose(
            BufferedState.equivalentScaling(alpha),
            BufferedState.scaleBufferedWeights(1 / alpha),
            BufferedState.scaleBufferedRate(1 / alpha),
            BufferedState.scaleRate(1 / alpha),
            s.step(1),
            BufferedState.scaleRate(1 / alpha),
            BufferedState.scaleBufferedWeights(alpha),
            BufferedState.scaleBufferedRate(alpha),
            BufferedState.canonicalize());
    BufferedState left = s.step(s.rho()).after(BufferedState.canonicalize()).apply(s.buffered);
    assertThat(right.apply(s.buffered).distance(left)).isLessThan(1e-11);
  }

  private static double commute(StateMap<PlainState> a, StateMap<PlainState> b, PlainState state) {
    return a.after(b).apply(state).distance(b.after(a).apply(state));
  }

  private static double commuteExceptRate(
      StateMap<PlainState> a, StateMap<PlainState> b, PlainState state) {
    return Distance.relative(a.after(b).apply(state).weights(), b.after(a).apply(state).weights());
  }
}
