package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ThinningTest {

  private static final int MILLION = 1_000_000;

  @Test
  void keepsAllOfFewPoints() {
    assertThat(thinned(4000, t -> t % 7)).hasSize(4000);
    assertThat(thinned(1, t -> 3)).containsExactly(new double[] {0, 3});
  }

  @Test
  void keepsFewOfManyPointsAndChangesNone() {
    LongToDoubleFunction curve = t -> Math.sin(t / 1e4);
    List<double[]> points = thinned(MILLION, curve);
    assertThat(points).hasSizeBetween(2000, 6000);
    assertThat(points)
        .allSatisfy(point -> assertThat(point[1]).isEqualTo(curve.applyAsDouble((long) point[0])));
    assertThat(x(points)).isSorted().doesNotHaveDuplicates().startsWith(0).endsWith(MILLION - 1);
  }

  @Test
  void keepsBothSidesOfADrop() {
    for (int drop : new int[] {1, 999, 1000, 1001, 333_333, MILLION - 1}) {
      assertThat(x(thinned(MILLION, t -> t < drop ? 0.1 : 0.01)))
          .as("points where a rate drops at %d", drop)
          .contains(drop - 1, drop);
    }
  }

  @Test
  void keepsAPeakOfOneIteration() {
    assertThat(thinned(MILLION, t -> t == 654_321 ? 1 : 0))
        .contains(new double[] {654_321, 1})
        .contains(new double[] {654_320, 0});
  }

  @Test
  void keepsTheLowestAndTheHighestOfEveryRange() {
    LongToDoubleFunction curve = t -> (t * 2654435761L) % 1000;
    List<double[]> points = thinned(MILLION, curve);
    for (int range = 0; range < MILLION; range += 1000) {
      double first = range;
      double[] kept =
          points.stream()
              .filter(point -> point[0] >= first && point[0] < first + 1000)
              .mapToDouble(point -> point[1])
              .toArray();
      assertThat(DoubleStream.of(kept).min()).hasValue(0);
      assertThat(DoubleStream.of(kept).max()).hasValue(999);
    }
  }

  @Test
  void keepsTheEndsOfAGap() {
    List<double[]> points =
        thinned(MILLION, t -> t >= 5_500 && t < 7_700 ? Double.NEGATIVE_INFINITY : t);
    assertThat(x(points)).contains(5_499, 5_500, 7_699, 7_700);
    assertThat(points)
        .filteredOn(point -> point[0] >= 5_500 && point[0] < 7_700)
        .allMatch(point -> Double.isInfinite(point[1]));
  }

  @Test
  void keepsAPointForAllCurvesThatOneOfThemNeeds() {
    Thinning thinning = new Thinning(MILLION, 2);
    for (int t = 0; t < MILLION; t++) {
      thinning.add(t, t == 123_456 ? 1 : 0, t == 765_432 ? 1 : 0);
    }
    assertThat(thinning.points())
        .contains(new double[] {123_456, 1, 0})
        .contains(new double[] {765_432, 0, 1});
  }

  @Test
  void refusesAPointOfOtherCurves() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Thinning(5, 2).add(0, 1))
        .withMessageContaining("a value for each of 2 curves, not 1");
  }

  private static List<double[]> thinned(int count, LongToDoubleFunction curve) {
    Thinning thinning = new Thinning(count, 1);
    for (int t = 0; t < count; t++) {
      thinning.add(t, curve.applyAsDouble(t));
    }
    return thinning.points();
  }

  private static double[] x(List<double[]> points) {
    return points.stream().mapToDouble(point -> point[0]).toArray();
  }
}
