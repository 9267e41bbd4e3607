package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  private static Estimate estimate(double value) {
    return new Estimate(value, 7, 4);
  }

  @Test
  void threeSeedsGiveTheErrorByTheirSpread() {
    Estimate mean = Estimate.mean(List.of(estimate(1), estimate(2), estimate(3)));
    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(mean.high()).isCloseTo(2 + 2.919986 / Math.sqrt(3), within(1e-6));
  }

  @Test
  void fewerSeedsHaveTheErrorInsideTheirRuns() {
    Estimate mean = Estimate.mean(List.of(new Estimate(1, 3, 4), new Estimate(2, 4, 4)));
    assertThat(mean.value()).isEqualTo(1.5);
    assertThat(mean.standardError()).isCloseTo(2.5, within(1e-12));
    assertThat(mean.degreesOfFreedom()).isCloseTo(4 * 625.0 / (81 + 256), within(1e-12));
  }

  @Test
  void twoSeedsFurtherApartThanTheirErrorsSayCountByTheirSpread() {
    Estimate mean = Estimate.mean(List.of(new Estimate(-6, 1, 40), new Estimate(6, 1, 40)));
    assertThat(mean.standardError()).isCloseTo(6, within(1e-12));
    assertThat(mean.degreesOfFreedom()).isEqualTo(1);
    assertThat(mean.high()).isCloseTo(6 * 6.313752, within(1e-5));
  }

  @Test
  void aSeriesIsAveragedInBlocks() {
    Estimate mean = Estimate.ofSeries(1, 3, 2, 4, 3, 5, 4, 6, 5, 7);
    assertThat(mean.value()).isEqualTo(4);
    // Means of blocks 2, 3, 4, 5, 6, with a variance of 2.5.
    assertThat(mean.standardError()).isCloseTo(Math.sqrt(2.5 / 5), within(1e-12));
    assertThat(mean.degreesOfFreedom()).isEqualTo(4);
  }

  @Test
  void oneValueHasNoErrorAndNoneHasNoMean() {
    assertThat(Estimate.ofSeries(1).known()).isFalse();
    assertThat(Estimate.ofSeries(1, 2, 3).known()).isFalse();
    assertThat(Estimate.ofSeries(1, 3, 3, 5, 6).degreesOfFreedom()).isEqualTo(1);
    assertThat(Estimate.ofSeries().value()).isNaN();
    assertThat(Estimate.mean(List.of()).known()).isFalse();
  }

  @Test
  void anErrorThatIsKnownAddsToOneThatIsEstimated() {
    Estimate both = new Estimate(1, 3, 4).with(new Estimate(0, 4, Double.POSITIVE_INFINITY));
    assertThat(both.standardError()).isCloseTo(5, within(1e-12));
    assertThat(both.degreesOfFreedom()).isCloseTo(4 * 625.0 / 81, within(1e-12));
    assertThat(Estimate.exact(1).with(Estimate.exact(0)).high()).isEqualTo(1);
  }

  /** Values with a correlation ρ to the one before. */
  @ParameterizedTest
  @CsvSource({"20,0,0.10", "10,0,0.10", "5,0,0.10", "10,0.5,0.23", "20,0.5,0.16"})
  void theIntervalOfASeriesLeavesTheTruthOut(int count, double correlation, double share) {
    Random random = new Random(1);
    long missed =
        IntStream.range(0, 4_000)
            .mapToObj(i -> Estimate.ofSeries(series(count, correlation, random)))
            .filter(mean -> mean.low() > 0 || mean.high() < 0)
            .count();
    assertThat(missed / 4_000.0).isCloseTo(share, within(0.02));
  }

  private static double[] series(int count, double correlation, Random random) {
    double[] values = new double[count];
    values[0] = random.nextGaussian();
    for (int i = 1; i < count; i++) {
      values[i] =
          correlation * values[i - 1]
              + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
    }
    return values;
  }

  @Test
  void refusesWhatIsNoError() {
    assertThatThrownBy(() -> new Estimate(0, -1, 1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> new Estimate(0, 1, 0)).hasMessageContaining("0.0");
  }
}
