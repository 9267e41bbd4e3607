package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.measurement.Column;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;

class AgreementTest {

  /** Eight epochs that rise to an accuracy, at a constant effective rate. */
  private static Table run(double accuracy, double logRate) {
    return Table.create(
        DoubleColumn.create(
            Column.TEST_ACCURACY.name(),
            IntStream.rangeClosed(1, 8)
                .mapToDouble(epoch -> accuracy - 0.01 * (8 - epoch))
                .toArray()),
        DoubleColumn.create(
            Column.logEffectiveRate("w").name(),
            IntStream.rangeClosed(1, 8).mapToDouble(epoch -> logRate + 0.001 * epoch).toArray()));
  }

  @Test
  void measuresMeansDeviationsAndTheirDistance() {
    List<Agreement> found =
        Agreement.of(
            List.of(run(0.50, -2), run(0.54, -2), run(0.52, -2)),
            List.of(run(0.51, -2), run(0.55, -2), run(0.53, -2)),
            "w");
    Agreement accuracy = found.get(0);
    assertThat(accuracy.exponential()).isCloseTo(0.52, within(1e-12));
    assertThat(accuracy.exponentialDeviation()).isCloseTo(0.02, within(1e-12));
    assertThat(accuracy.standardErrors())
        .isCloseTo(0.01 / (0.02 * Math.sqrt(2.0 / 3)), within(1e-9));
    assertThat(found.get(1).decay()).isCloseTo(0.525, within(1e-12));
    assertThat(found.get(2).decay()).isCloseTo(2 - 0.0075, within(1e-12));
    assertThat(found.get(3).decay()).isCloseTo(-0.002, within(1e-12));
  }

  @Test
  void runsThatDifferAreFoundToDiffer() {
    List<Agreement> found =
        Agreement.of(
            List.of(run(0.50, -2), run(0.51, -2.01)),
            List.of(run(0.70, -3), run(0.71, -3.01)),
            "w");
    assertThat(found.get(0).standardErrors()).isGreaterThan(2);
    assertThat(found.get(2).standardErrors()).isGreaterThan(2);
  }

  @Test
  void oneSeedHasNoSpread() {
    List<Table> one = List.of(run(0.5, -2));
    assertThatThrownBy(() -> Agreement.of(one, one, "w")).hasMessageContaining("1 and 1");
  }
}
