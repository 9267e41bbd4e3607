package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.experiment.Curve;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class MeasureTest {

  private static final Profile LAPTOP = Profile.of("laptop");

  /** Ten rows of phase 1, three of phase 2. */
  @Test
  void aChangeToAShortSpanHasTheOneErrorThatIsKnown() {
    Span ten = Span.phase(1).lastQuarter();
    Span three = Span.phase(2).early();
    Table table = new Synthetic(5, 0.01).table(LAPTOP, PaperFigure.FIGURE_2);
    Trial trial = new Trial(LAPTOP, PaperFigure.FIGURE_2, Map.of(Curve.TEXP, table));
    double[] values = trial.values(Curve.TEXP, Quantity.TEST_ACCURACY, ten);
    assertThat(values).hasSize(10);
    assertThat(trial.values(Curve.TEXP, Quantity.TEST_ACCURACY, three)).hasSize(3);

    double known = Estimate.ofSeries(values).standardError();
    for (Measure.Change change :
        new Measure.Change[] {
          new Measure.Change(Curve.TEXP, Quantity.TEST_ACCURACY, ten, three),
          new Measure.Change(Curve.TEXP, Quantity.TEST_ACCURACY, three, ten)
        }) {
      Estimate estimate = change.of(trial);
      assertThat(estimate.standardError())
          .isCloseTo(known * Math.sqrt(1 + 10 / 3.0), within(1e-12));
      assertThat(estimate.degreesOfFreedom()).isEqualTo(4);
    }
  }
}
