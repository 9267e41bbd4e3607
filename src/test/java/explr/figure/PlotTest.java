package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import explr.figure.Style.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class PlotTest {

  @Test
  void severalRunsBecomeTheirMeanAndABandThatSpansThem() {
    Table one = table(1.0, 2.0, 9.0);
    Table other = table(3.0, Double.NaN);

    Line curve = Line.across("c", List.of(one, other), "epoch", Line.column("y"), Color.BLUE);

    assertThat(curve.points())
        .containsExactly(
            new Line.Point(1, 2, 1, 3), new Line.Point(2, 2, 2, 2), new Line.Point(3, 9, 9, 9));
    assertThat(figure(Axis.linear("y"), curve).data())
        .extracting(trace -> trace.get("fill"))
        .containsExactly("toself", null);
  }

  @Test
  void oneRunHasNoBand() {
    Line curve = Line.across("c", List.of(table(1.0, 2.0)), "epoch", Line.column("y"), Color.BLUE);
    assertThat(figure(Axis.linear("y"), curve).data()).hasSize(1);
  }

  @Test
  void powersBeyondADoubleAreDrawnByTheirExponent() {
    Line curve = Line.of("η", new double[] {1, 2}, new double[] {0, 30_000}, Color.BLUE);

    Figure figure = figure(Axis.powersOfTen("η"), curve);

    assertThat(figure.data().get(0)).containsEntry("y", List.of(0.0, 30_000.0));
    assertThat(axis(figure, "yaxis"))
        .containsEntry("type", "linear")
        .containsEntry("tickprefix", "10<sup>")
        .containsEntry("ticksuffix", "</sup>");
  }

  @Test
  void aLogAxisIsGivenTheNumbersThemselves() {
    Line curve = Line.of("η", new double[] {1, 2}, new double[] {0, 2}, Color.BLUE);

    Figure figure = figure(Axis.log("η").between(-1, 3), curve);

    assertThat(figure.data().get(0)).containsEntry("y", List.of(1.0, 100.0));
    assertThat(axis(figure, "yaxis"))
        .containsEntry("type", "log")
        .containsEntry("range", List.of(-1.0, 3.0));
  }

  @Test
  void partsOfWhatIsCountedAreNotRounded() {
    Line curve = Line.of("c", new double[] {0.1, 15}, new double[] {0, 2.5}, Color.BLUE);

    Figure figure = figure(Axis.count("y"), curve);

    assertThat(axis(figure, "xaxis")).containsEntry("tickformat", "~f").doesNotContainKey("dtick");
    assertThat(figure.data().get(0)).containsEntry("hovertemplate", "%{y:~f}");
  }

  @Test
  void panelsAndTheirLegendsKeepToTheirOwnPlace() {
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of());
    Figure figure =
        new Plot("t", "s", List.of(List.of(panel), List.of(panel.share(2), panel)), "", "")
            .figure();

    List<List<Double>> high = new ArrayList<>();
    for (String axis : List.of("yaxis", "yaxis2", "yaxis3")) {
      high.add(numbers(axis(figure, axis).get("domain")));
    }
    assertThat(high.get(0)).containsExactly(0.0, 1.0);
    assertThat(high.get(1).get(0))
        .as("the lower panel ends below")
        .isGreaterThan(high.get(2).get(1));
    assertThat(numbers(axis(figure, "xaxis").get("domain")).get(1))
        .isLessThan(numbers(axis(figure, "xaxis2").get("domain")).get(0));
    for (int number = 1; number <= 3; number++) {
      String suffix = number == 1 ? "" : Integer.toString(number);
      assertThat(axis(figure, "legend" + suffix))
          .containsEntry("y", high.get(number - 1).get(1))
          .containsEntry("yanchor", "bottom");
    }
  }

  @Test
  void aLegendWiderThanItsPanelHasRowsAboveEachOther() {
    List<Line> curves = new ArrayList<>();
    for (String name : List.of("step decay", "cosine", "linear", "polynomial", "exponential")) {
      curves.add(Line.of(name, new double[] {0}, new double[] {0}, Color.BLUE));
    }
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), curves);
    Figure half = Plot.sideBySide("t", "s", List.of(panel, panel)).figure();
    Figure whole = Plot.sideBySide("t", "s", List.of(panel)).figure();

    assertThat(half.data())
        .extracting(trace -> trace.get("legend"))
        .startsWith("legend", "legend", "legend", "legend21", "legend21", "legend2");
    assertThat(axis(half, "legend")).containsKey("title");
    assertThat((double) axis(half, "legend").get("y"))
        .isGreaterThan((double) axis(half, "legend21").get("y"));
    assertThat(axis(half, "legend21")).containsEntry("y", 1.0).doesNotContainKey("title");
    assertThat(whole.data()).extracting(trace -> trace.get("legend")).containsOnly("legend");
  }

  @Test
  void allTitlesAreObjectsAsPlotly3Requires() {
    Figure figure =
        figure(Axis.linear("y"), Line.of("c", new double[0], new double[0], Color.BLUE));
    assertThat(figure.toJson()).doesNotContain("\"title\":\"").contains("\"title\":{");
  }

  @Test
  void aMarkIsALineWithAWord() {
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of()).mark(80, "η/10");
    Figure figure = Plot.sideBySide("t", "s", List.of(panel)).figure();

    assertThat(figure.toJson()).contains("\"x0\":80.0").contains("\"text\":\"η/10\"");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatAreThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Line.column("loss").apply(table(1.0)))
        .withMessageContaining("'loss'")
        .withMessageContaining("[epoch, y]");
  }

  private static Figure figure(Axis vertical, Line curve) {
    Panel panel = Panel.of("p", Axis.count("epoch"), vertical, List.of(curve));
    return Plot.sideBySide("t", "s", List.of(panel)).figure();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> axis(Figure figure, String name) {
    return (Map<String, Object>) figure.layout().get(name);
  }

  private static List<Double> numbers(Object list) {
    return ((List<?>) list).stream().map(Double.class::cast).toList();
  }

  private static Table table(double... y) {
    int[] epochs = new int[y.length];
    for (int i = 0; i < y.length; i++) {
      epochs[i] = i + 1;
    }
    return Table.create("t", IntColumn.create("epoch", epochs), DoubleColumn.create("y", y));
  }
}
