package explr.paper;

import static explr.paper.SyntheticRuns.WEIGHT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.figure.Figure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class Figure1Test {

  /** log10 of the growth of an epoch at the paper's settings. */
  private static final double GROWTH = Math.log10(1.48123);

  private static Figure draw(List<Table> exponential, List<Table> decay, String weight) {
    return Figure1.of(
        new FigureRuns(
            Map.of(Curve.EXPONENTIAL, exponential, Curve.WEIGHT_DECAY, decay),
            weight,
            List.of(),
            "s"));
  }

  private static Figure draw(List<Table> exponential, List<Table> decay) {
    return draw(exponential, decay, WEIGHT);
  }

  @Test
  void itIsAFunctionOfItsTables() {
    List<Table> exponential = List.of(SyntheticRuns.run(1, 20, GROWTH));
    List<Table> decay = List.of(SyntheticRuns.run(2, 20, 0));
    String once = draw(exponential, decay).toJson();

    assertThat(draw(exponential, decay).toJson()).isEqualTo(once);
    assertThat(
            draw(List.of(SyntheticRuns.run(1, 20, GROWTH)), List.of(SyntheticRuns.run(2, 20, 0)))
                .toJson())
        .isEqualTo(once);
    assertThat(draw(decay, exponential).toJson()).isNotEqualTo(once);
  }

  @Test
  void theThreePanelsShowTheseCurves() {
    Figure figure =
        draw(List.of(SyntheticRuns.run(1, 20, GROWTH)), List.of(SyntheticRuns.run(2, 20, 0)));

    assertThat(figure.data())
        .extracting(trace -> trace.get("yaxis") + " " + trace.get("name"))
        .containsExactly(
            "y exponential, train",
            "y exponential, test",
            "y weight decay, train",
            "y weight decay, test",
            "y2 ‖w‖²",
            "y2 η, the rate",
            "y2 ‖w‖",
            "y3 exponential",
            "y3 weight decay");
  }

  @Test
  void theCaptionTellsTheNumbersOfTheRuns() {
    Table exponential = SyntheticRuns.run(1, 160, GROWTH);
    Figure figure = draw(List.of(exponential), List.of(SyntheticRuns.run(2, 160, 0)));

    double test = 100 * exponential.doubleColumn("test_accuracy").inRange(120, 160).mean();
    assertThat(figure.caption())
        .contains("after an epoch to 10^26.3")
        .contains(
            String.format(
                Locale.ROOT,
                "Test accuracy after 160 epochs, mean of the last quarter: exponential %.1f %%;",
                test))
        .contains("over the second half: 399, with weight decay 400")
        .doesNotContain("seeds");
    assertThat(figure.alternativeText()).contains("accuracy").contains("learning rate");
  }

  @Test
  void severalSeedsAreABandAndTheCaptionSaysSo() {
    List<Table> seeds = List.of(SyntheticRuns.run(1, 9, GROWTH), SyntheticRuns.run(2, 9, GROWTH));
    Figure figure = draw(seeds, seeds);

    assertThat(figure.caption()).contains("means over 2 seeds");
    assertThat(figure.data()).filteredOn(trace -> "toself".equals(trace.get("fill"))).hasSize(9);
  }

  @Test
  void ratesBeyondTheRangeOfADoubleAreDrawn() {
    Figure figure = draw(List.of(SyntheticRuns.run(1, 150, 200)), List.of());

    List<?> rate =
        figure.data().stream()
            .filter(trace -> "η, the rate".equals(trace.get("name")))
            .map(trace -> (List<?>) trace.get("y"))
            .findFirst()
            .orElseThrow();
    assertThat((double) rate.get(149)).isEqualTo(29_999);
    assertThat(figure.toJson()).doesNotContain("null");
    assertThat(figure.caption()).contains("10^29999");
  }

  @Test
  void aQuotientBeyondTheRangeOfADoubleIsDrawnInPowersOfTen() {
    Table run = SyntheticRuns.run(1, 5, 1);
    var effective = run.doubleColumn("log10_effective_rate[" + WEIGHT + "]");
    effective.set(4, 4000.0);

    Figure figure = draw(List.of(run), List.of());

    assertThat((Map<?, ?>) figure.layout().get("yaxis3")).extracting("type").isEqualTo("linear");
  }

  @Test
  void runsThatHaveNotBegunAreDrawnAsEmptyAxes() {
    assertThat(draw(List.of(), List.of()).data()).isEmpty();
    Figure begun = draw(List.of(SyntheticRuns.run(1, 0, 1)), List.of());
    assertThat(begun.caption()).startsWith("Nothing of the exponential run");
    Figure first = draw(List.of(SyntheticRuns.run(1, 1, 1)), List.of());
    assertThat(first.data()).extracting(trace -> trace.get("mode")).containsOnly("markers");
  }

  @Test
  void aWeightThatWasNotWatchedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(List.of(SyntheticRuns.run(1, 2, 1)), List.of(), "other"))
        .withMessageContaining("log10_norm[other]")
        .withMessageContaining("log10_norm[" + WEIGHT + "]");
  }
}
