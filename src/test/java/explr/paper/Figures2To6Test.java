package explr.paper;

import static explr.experiment.PaperFigure.FIGURE_2;
import static explr.experiment.PaperFigure.FIGURE_3;
import static explr.experiment.PaperFigure.FIGURE_4;
import static explr.experiment.PaperFigure.FIGURE_5;
import static explr.experiment.PaperFigure.FIGURE_6;
import static explr.paper.SyntheticRuns.WEIGHT;
import static explr.paper.SyntheticRuns.phases;
import static explr.paper.SyntheticRuns.stepped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.experiment.PaperFigure;
import explr.figure.Figure;
import explr.measurement.Column;
import explr.paper.SyntheticRuns.ByEpoch;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;

class Figures2To6Test {

  private static final int EPOCHS = 60;
  private static final ByEpoch RATE = stepped(0.1, 24, 36);
  private static final ByEpoch CONSTANT = stepped(0.1);
  private static final ByEpoch DECAY = stepped(4e-3);
  private static final ByEpoch FALLING = stepped(4e-3, 24, 36);

  private static final List<Table> STEP_DECAY = List.of(phases(1, EPOCHS, RATE, DECAY, false));
  private static final List<Table> TEXP = List.of(phases(2, EPOCHS, RATE, DECAY, true));
  private static final List<Table> SMOOTH = List.of(phases(3, EPOCHS, CONSTANT, FALLING, true));
  private static final List<Table> FALLEN = List.of(phases(4, EPOCHS, CONSTANT, FALLING, false));
  private static final List<Table> GROWING = List.of(phases(5, EPOCHS, CONSTANT, DECAY, true));

  /** The same exponent at a tenth of the rate. */
  private static final List<Table> DIVIDED =
      List.of(phases(6, EPOCHS, RATE, e -> DECAY.at(e) * 0.1 / RATE.at(e), true));

  /** A figure whose schedules divide after epochs 24 and 36. */
  @SafeVarargs
  private static Figure draw(PaperFigure figure, String weight, List<Table>... tables) {
    return draw(figure, List.of(24.0, 36.0), weight, tables);
  }

  /**
   * A figure of some tables.
   *
   * @param tables one list for each curve, in the figure's order
   */
  @SafeVarargs
  private static Figure draw(
      PaperFigure figure, List<Double> milestones, String weight, List<Table>... tables) {
    Map<Curve, List<Table>> runs = new EnumMap<>(Curve.class);
    for (int i = 0; i < tables.length; i++) {
      runs.put(figure.curves().get(i), tables[i]);
    }
    return PaperFigures.draw(figure, new FigureRuns(runs, weight, milestones, "s"));
  }

  private static Figure figure2() {
    return draw(FIGURE_2, WEIGHT, STEP_DECAY, TEXP);
  }

  private static Figure figure3() {
    return draw(FIGURE_3, WEIGHT, TEXP, SMOOTH);
  }

  private static Figure figure4() {
    return draw(FIGURE_4, WEIGHT, GROWING, DIVIDED);
  }

  private static Figure figure5() {
    return draw(FIGURE_5, WEIGHT, FALLEN, SMOOTH, STEP_DECAY, TEXP);
  }

  private static Figure figure6() {
    return draw(FIGURE_6, WEIGHT, FALLEN, SMOOTH);
  }

  static Stream<Supplier<Figure>> figures() {
    return Stream.of(
        Figures2To6Test::figure2,
        Figures2To6Test::figure3,
        Figures2To6Test::figure4,
        Figures2To6Test::figure5,
        Figures2To6Test::figure6);
  }

  @ParameterizedTest
  @MethodSource("figures")
  void eachIsAFunctionOfItsTablesAndSaysWhatItShows(Supplier<Figure> figure) {
    Figure drawn = figure.get();
    assertThat(figure.get().toJson()).isEqualTo(drawn.toJson());
    assertThat(drawn.caption())
        .containsPattern("Test accuracy after 60 epochs(, mean of the last quarter)?: ")
        .doesNotContain("NaN", "null", "so far");
    assertThat(drawn.alternativeText()).contains("test accuracy").contains("logarithmic");
  }

  @ParameterizedTest
  @MethodSource("figures")
  void theDropsAreMarkedInEveryPanelAndNamedInTheFirst(Supplier<Figure> figure) {
    Map<String, Object> layout = figure.get().layout();
    long panels = layout.keySet().stream().filter(key -> key.startsWith("yaxis")).count();

    assertThat(maps(layout.get("shapes")))
        .hasSize((int) (2 * panels))
        .extracting(shape -> (Object) shape.get("x0"))
        .containsOnly(24.0, 36.0);
    assertThat(maps(layout.get("annotations")))
        .filteredOn(note -> !"".equals(note.get("text")))
        .hasSize(2)
        .extracting(note -> (Object) note.get("xref"))
        .containsOnly("x");
  }

  @Test
  void figure2ShowsAccuracyAngleAndRate() {
    assertThat(panels(figure2()))
        .containsExactly(
            "y Step Decay",
            "y its TEXP",
            "y2 Step Decay",
            "y2 its TEXP",
            "y3 Step Decay",
            "y3 its TEXP");
    assertThat(value(figure2(), 0, 59)).isEqualTo(100 * real(STEP_DECAY, Column.TEST_ACCURACY, 59));
    assertThat(value(figure2(), 3, 24))
        .isCloseTo(real(TEXP, Column.angle(WEIGHT), 24), within(1e-12));
    assertThat(value(figure2(), 5, 23)).isEqualTo(real(TEXP, Column.LOG_LEARNING_RATE, 23));
    assertThat(figure2().caption()).contains("(epochs 24 and 36)").contains("differ by");
  }

  @Test
  void figure3ShowsAccuracyAngleRateAndGrowth() {
    assertThat(panels(figure3())).hasSize(8).contains("y3 TEXP", "y4 TEXP−−, without drops");
    assertThat(value(figure3(), 1, 59)).isEqualTo(100 * real(SMOOTH, Column.TEST_ACCURACY, 59));
    assertThat(value(figure3(), 2, 30))
        .isCloseTo(real(TEXP, Column.angle(WEIGHT), 30), within(1e-12));
    assertThat(value(figure3(), 4, 59)).isEqualTo(real(TEXP, Column.LOG_LEARNING_RATE, 59));
    assertThat(value(figure3(), 7, 59)).isCloseTo(real(SMOOTH, Column.GROWTH, 59), within(1e-15));
    assertThat(figure3().caption()).contains("by 0.803 % in").contains("by 0.008 % in the last");
  }

  @Test
  void figure4ShowsAccuracyAngleRateAndGrowth() {
    assertThat(panels(figure4())).hasSize(8).contains("y2 exponential", "y3 divided by 10 twice");
    assertThat(value(figure4(), 1, 24)).isEqualTo(100 * real(DIVIDED, Column.TEST_ACCURACY, 24));
    assertThat(value(figure4(), 3, 24))
        .isCloseTo(real(DIVIDED, Column.angle(WEIGHT), 24), within(1e-12));
    assertThat(value(figure4(), 4, 59) - value(figure4(), 5, 59))
        .as("two divisions, the growth being the same")
        .isCloseTo(2, within(1e-9));
    assertThat(value(figure4(), 6, 59)).isCloseTo(value(figure4(), 7, 59), within(1e-15));
  }

  @Test
  void figure5ShowsAccuracyAndRateOfFourRuns() {
    assertThat(panels(figure5()))
        .hasSize(8)
        .contains("y cosine", "y2 TEXP of the cosine", "y2 Step Decay", "y2 TEXP of Step Decay");
    assertThat(value(figure5(), 3, 7)).isEqualTo(100 * real(TEXP, Column.TEST_ACCURACY, 7));
    assertThat(value(figure5(), 6, 59)).isCloseTo(-3, within(1e-12));
    assertThat(figure5().caption()).contains("rates end at 10^").contains("(Step Decay)");
  }

  @Test
  void figure6ShowsAccuracyAndAngle() {
    assertThat(panels(figure6()))
        .containsExactly(
            "y falling weight decay", "y TEXP−−", "y2 falling weight decay", "y2 TEXP−−");
    assertThat(value(figure6(), 1, 3)).isEqualTo(100 * real(SMOOTH, Column.TEST_ACCURACY, 3));
    assertThat(value(figure6(), 2, 40))
        .isCloseTo(real(FALLEN, Column.angle(WEIGHT), 40), within(1e-12));
  }

  @Test
  void whatHasNotBegunIsDrawnAsEmptyAxes() {
    List<Table> none = List.of();
    List<Table> begun = List.of(STEP_DECAY.get(0).emptyCopy());
    for (List<Table> tables : List.of(none, begun)) {
      for (Figure figure :
          List.of(
              draw(FIGURE_2, WEIGHT, tables, none),
              draw(FIGURE_3, WEIGHT, tables, none),
              draw(FIGURE_4, WEIGHT, tables, none),
              draw(FIGURE_5, WEIGHT, tables, none, none, none),
              draw(FIGURE_6, WEIGHT, tables, none))) {
        assertThat(figure.caption()).isEqualTo("Nothing is measured yet.");
        assertThat(figure.toJson()).isNotEmpty();
      }
    }
    assertThat(draw(FIGURE_2, WEIGHT, none, none).data()).isEmpty();
  }

  @Test
  void aRunThatHasBegunAloneIsDrawn() {
    Figure figure = draw(FIGURE_3, WEIGHT, List.of(TEXP.get(0).first(1)), List.of());
    assertThat(figure.data()).hasSize(4);
    assertThat(figure.caption())
        .startsWith("Test accuracy after an epoch: TEXP ")
        .doesNotContain("NaN", "Final");
  }

  @Test
  void runsThatHaveComeToDifferentEpochsAreToldWithThem() {
    List<Table> begun = List.of(SMOOTH.get(0).first(10));

    Figure figure = draw(FIGURE_3, WEIGHT, TEXP, begun);

    assertThat(figure.caption())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "Test accuracy so far: TEXP %.1f %% (epoch 60); TEXP−−, without drops %.1f %% (epoch 10).",
                100 * real(TEXP, Column.TEST_ACCURACY, 59),
                100 * real(begun, Column.TEST_ACCURACY, 9)));
    assertThat(draw(FIGURE_2, WEIGHT, STEP_DECAY, begun).caption())
        .as("ends at different epochs are not compared")
        .contains("Step Decay's test accuracy goes")
        .doesNotContain("rates end");
  }

  @Test
  void phasesOfASingleRowAreMarked() {
    List<Double> early = List.of(2.0, 3.0);
    ByEpoch rate = stepped(0.1, 2, 3);
    ByEpoch falling = stepped(4e-3, 2, 3);
    List<Table> decay = List.of(phases(1, 4, rate, DECAY, false));
    List<Table> texp = List.of(phases(2, 4, rate, DECAY, true));
    List<Table> smooth = List.of(phases(3, 4, CONSTANT, falling, true));
    List<Table> fallen = List.of(phases(4, 4, CONSTANT, falling, false));
    List<Table> growing = List.of(phases(5, 4, CONSTANT, DECAY, true));
    List<Table> divided = List.of(phases(6, 4, rate, e -> DECAY.at(e) * 0.1 / rate.at(e), true));

    assertThat(marks(draw(FIGURE_2, early, WEIGHT, decay, texp))).containsOnly(2.0, 3.0);
    assertThat(marks(draw(FIGURE_3, early, WEIGHT, texp, smooth))).containsOnly(2.0, 3.0);
    assertThat(marks(draw(FIGURE_4, early, WEIGHT, growing, divided))).containsOnly(2.0, 3.0);
    assertThat(marks(draw(FIGURE_5, early, WEIGHT, fallen, smooth, decay, texp)))
        .containsOnly(2.0, 3.0);
    assertThat(marks(draw(FIGURE_6, early, WEIGHT, fallen, smooth))).containsOnly(2.0, 3.0);
    assertThat(draw(FIGURE_2, early, WEIGHT, decay, texp).caption()).contains("(epochs 2 and 3)");
  }

  @Test
  void withoutMilestonesThereAreNoMarks() {
    assertThat(marks(draw(FIGURE_4, List.of(), WEIGHT, GROWING, DIVIDED))).isEmpty();
  }

  @Test
  void milestonesComeFromTheRecipeWhateverTheTablesShow() {
    assertThat(marks(draw(FIGURE_4, List.of(10.0), WEIGHT, GROWING, DIVIDED))).containsOnly(10.0);
  }

  @Test
  void aMilestoneIsMarkedOnceAPeriodAfterItIsMeasured() {
    List<Table> before = List.of(DIVIDED.get(0).first(24));
    List<Table> after = List.of(DIVIDED.get(0).first(25));
    assertThat(marks(draw(FIGURE_4, WEIGHT, GROWING, before))).isEmpty();
    assertThat(marks(draw(FIGURE_4, WEIGHT, GROWING, after))).containsOnly(24.0);
  }

  @Test
  void theSeedThatGotFurthestTellsWhereTheDropsAre() {
    List<Table> seeds = List.of(STEP_DECAY.get(0).first(3), STEP_DECAY.get(0));

    assertThat(marks(draw(FIGURE_2, WEIGHT, seeds, TEXP))).containsOnly(24.0, 36.0);
  }

  @ParameterizedTest
  @CsvSource({"60, divided by %s twice", "30, divided by %s once", "20, not yet divided by %s"})
  void figure4CountsTheDivisionsThatItShows(int epochs, String told) {
    List<Table> growing = List.of(GROWING.get(0).first(epochs));
    List<Table> divided = List.of(DIVIDED.get(0).first(epochs));

    Figure figure = draw(FIGURE_4, WEIGHT, growing, divided);

    assertThat(panels(figure)).contains("y " + told.formatted("10"));
    assertThat(figure.alternativeText()).contains("whose rate is " + told.formatted("ten") + ".");
    assertThat(figure.caption().contains("(divided)")).isEqualTo(epochs > 24);
  }

  @Test
  void growthThatIsNotPositiveLeavesAGap() {
    Table texp = TEXP.get(0).copy();
    texp.doubleColumn(Column.GROWTH.name()).set(23, -0.9);

    Figure figure = draw(FIGURE_3, WEIGHT, List.of(texp), SMOOTH);

    List<?> growth = (List<?>) figure.data().get(6).get("y");
    assertThat(growth.get(23)).isNull();
    assertThat(growth.get(22)).isNotNull();
  }

  @Test
  void aLogarithmicAxisSpansADecadeAtLeastAndAllThatComesAfterTheStart() {
    List<?> growth = (List<?>) axis(figure4(), "yaxis4").get("range");
    assertThat((double) growth.get(1) - (double) growth.get(0)).isCloseTo(1, within(1e-12));

    List<?> angle = (List<?>) axis(figure2(), "yaxis2").get("range");
    assertThat((double) angle.get(0)).isLessThan(Math.log10(value(figure2(), 2, 36)));
    assertThat((double) angle.get(1)).isGreaterThan(Math.log10(value(figure2(), 2, 20)));
  }

  @Test
  void severalSeedsAreBandsAndTheCaptionSaysSo() {
    List<Table> seeds = List.of(TEXP.get(0), phases(7, EPOCHS, RATE, DECAY, true));

    Figure figure = draw(FIGURE_2, WEIGHT, STEP_DECAY, seeds);

    assertThat(figure.data()).filteredOn(trace -> "toself".equals(trace.get("fill"))).hasSize(3);
    assertThat(figure.caption()).contains("means over 1 (Step Decay) and 2 (its TEXP) seeds");
  }

  @Test
  void aPeriodShorterThanAnEpochIsNamed() {
    Table tenths = STEP_DECAY.get(0).copy();
    for (int row = 0; row < tenths.rowCount(); row++) {
      tenths.doubleColumn(Column.EPOCH.name()).set(row, (row + 1) / 10.0);
    }
    String json = draw(FIGURE_2, List.of(2.4, 3.6), WEIGHT, List.of(tenths), List.of()).toJson();
    assertThat(json).contains("Angle that w turns in 0.1 epochs").contains("\"x0\":2.4");
    assertThat(figure2().toJson()).contains("Angle that w turns in an epoch");
  }

  @Test
  void aWeightThatWasNotWatchedIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> draw(FIGURE_6, "other", FALLEN, SMOOTH))
        .withMessageContaining("angle[other]")
        .withMessageContaining("angle[" + WEIGHT + "]");
  }

  /** Where vertical lines stand, in all panels. */
  private static List<Object> marks(Figure figure) {
    return maps(figure.layout().get("shapes")).stream()
        .map(line -> (Object) line.get("x0"))
        .toList();
  }

  private static List<String> panels(Figure figure) {
    return figure.data().stream().map(t -> t.get("yaxis") + " " + t.get("name")).toList();
  }

  private static double value(Figure figure, int trace, int row) {
    return (double) ((List<?>) figure.data().get(trace).get("y")).get(row);
  }

  private static double real(List<Table> tables, Column column, int row) {
    return tables.get(0).doubleColumn(column.name()).getDouble(row);
  }

  private static Map<?, ?> axis(Figure figure, String name) {
    return (Map<?, ?>) figure.layout().get(name);
  }

  private static List<Map<?, ?>> maps(Object list) {
    return ((List<?>) list).stream().<Map<?, ?>>map(map -> (Map<?, ?>) map).toList();
  }
}
