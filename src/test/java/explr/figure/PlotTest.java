package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class PlotTest {

  /** The stroke and the name of an entry of a legend in text. */
  private static final Pattern ENTRY = Pattern.compile("<b>([^<]*)</b></span> (\\w+)");

  @Test
  void severalRunsBecomeTheirMeanAndABandThatSpansThem() {
    Table one = table(1.0, 2.0, 9.0);
    Table other = table(3.0, Double.NaN);

    Line curve =
        TableLines.across("c", List.of(one, other), "epoch", TableLines.column("y"), Color.BLUE);

    assertThat(curve.points())
        .containsExactly(
            new Line.Point(1, 2, 1, 3), new Line.Point(2, 2, 2, 2), new Line.Point(3, 9, 9, 9));
    assertThat(figure(Axis.linear("y"), curve).data())
        .extracting(trace -> trace.get("fill"))
        .containsExactly("toself", null);
  }

  @Test
  void oneRunHasNoBand() {
    Line curve =
        TableLines.across(
            "c", List.of(table(1.0, 2.0)), "epoch", TableLines.column("y"), Color.BLUE);
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
  void aCurveThatIsNotListedTakesNoRoomInTheLegend() {
    List<Line> curves = new ArrayList<>();
    for (String name : List.of("step decay", "cosine", "linear", "polynomial")) {
      curves.add(Line.of(name, new double[] {0}, new double[] {0}, Color.BLUE));
    }
    assertThat(legends(curves)).containsExactly("legend", "legend", "legend", "legend21");
    curves.set(0, curves.get(0).unlisted());
    assertThat(legends(curves)).containsOnly("legend");
    assertThat(half(curves).data())
        .extracting(trace -> trace.get("showlegend"))
        .startsWith(false, true, true, true);
  }

  private static List<Object> legends(List<Line> curves) {
    return half(curves).data().stream().map(trace -> trace.get("legend")).toList();
  }

  /** The curves in a panel as wide as half a figure. */
  private static Figure half(List<Line> curves) {
    Panel empty = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of());
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), curves);
    return Plot.sideBySide("t", "s", List.of(panel, empty)).figure();
  }

  @Test
  void pointsMayStandInsteadOfALine() {
    Line curve = Line.of("c", new double[] {1, 2}, new double[] {3, 4}, Color.BLUE);
    assertThat(figure(Axis.linear("y"), curve).data().get(0)).containsEntry("mode", "lines");
    assertThat(figure(Axis.linear("y"), curve.dashed(Dash.POINTS)).data().get(0))
        .containsEntry("mode", "markers");
  }

  @Test
  void anUndistortedPanelHasTheSameUnitOnBothAxesAndAPointerThatChoosesByBoth() {
    Panel line = Panel.of("p", Axis.linear("x"), Axis.linear("y"), List.of());
    Figure figure = Plot.sideBySide("t", "s", List.of(line, line.undistorted())).figure();
    assertThat(axis(figure, "yaxis")).doesNotContainKey("scaleanchor");
    assertThat(axis(figure, "yaxis2")).containsEntry("scaleanchor", "x2");
    assertThat(figure.layout()).containsEntry("hovermode", "closest");
    assertThat(Plot.sideBySide("t", "s", List.of(line)).figure().layout())
        .containsEntry("hovermode", "x unified");
  }

  @Test
  void panelsOfAColumnForRedrawingShareTheAxisAtItsFoot() {
    Line curve = Line.of("c", new double[] {1, 2}, new double[] {3, 4}, Color.BLUE);
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of(curve));
    Plot plot = new Plot("t", "s", List.of(List.of(panel), List.of(panel, panel)), "", "");
    Figure figure = plot.forRedrawing().figure();

    assertThat(figure.data())
        .extracting(trace -> trace.get("xaxis") + " " + trace.get("yaxis"))
        .containsExactly("x y", "x2 y2", "x2 y3");
    assertThat(figure.layout()).doesNotContainKey("xaxis3");
    assertThat(axis(figure, "xaxis2"))
        .containsEntry("anchor", "y3")
        .containsKey("title")
        .doesNotContainKey("matches");
    assertThat(axis(figure, "yaxis3")).containsEntry("anchor", "x2");
    for (String axis : List.of("xaxis", "xaxis2", "yaxis", "yaxis2", "yaxis3")) {
      assertThat(axis(figure, axis)).containsEntry("automargin", false).containsEntry("nticks", 5);
    }
    assertThat(plot.figure().layout()).containsKey("xaxis3");
    assertThat(axis(plot.figure(), "xaxis")).containsEntry("automargin", true);
  }

  @Test
  void panelsOfAColumnWithDifferentAxesAcrossCannotBeMadeForRedrawing() {
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of());
    Panel other = Panel.of("p", Axis.count("iteration"), Axis.linear("y"), List.of());
    Plot plot = new Plot("t", "s", List.of(List.of(panel, other)), "", "");
    assertThatIllegalArgumentException()
        .isThrownBy(plot::forRedrawing)
        .withMessageContaining("same horizontal axis");
  }

  @Test
  void aLegendInTextShowsEachDashByAStrokeOfItsOwn() {
    List<Line> curves =
        Arrays.stream(Dash.values())
            .map(
                dash ->
                    Line.of(dash.name(), new double[] {0, 1}, new double[] {0, 1}, Color.BLUE)
                        .dashed(dash))
            .toList();
    Panel panel = Panel.of("Curves", Axis.count("x"), Axis.linear("y"), curves);
    Figure figure = Plot.sideBySide("Dashes", "", List.of(panel)).forRedrawing().figure();

    List<MatchResult> entries = ENTRY.matcher(legend(figure)).results().toList();
    assertThat(entries)
        .extracting(entry -> entry.group(2))
        .containsExactly("SOLID", "DOT", "DASH", "POINTS");
    assertThat(entries).extracting(entry -> entry.group(1)).doesNotHaveDuplicates();
    assertThat(figure.layout()).containsEntry("showlegend", false).doesNotContainKey("legend");
    assertThat(legend(Plot.sideBySide("t", "", List.of(panel)).forRedrawing().figure()))
        .startsWith("<b>Curves</b><br>");
    List<Line> hidden = curves.stream().map(Line::unlisted).toList();
    Panel unlisted = Panel.of("Curves", Axis.count("x"), Axis.linear("y"), hidden);
    assertThat(legend(Plot.sideBySide("t", "", List.of(unlisted)).forRedrawing().figure()))
        .isEqualTo("<b>Curves</b><br>");
  }

  private static String legend(Figure figure) {
    return ((List<?>) figure.layout().get("annotations"))
        .stream()
            .map(note -> String.valueOf(((Map<?, ?>) note).get("text")))
            .collect(Collectors.joining());
  }

  @Test
  void notesStandBelowThePanelsAndMakeThePictureHigher() {
    Line curve = Line.of("y", new double[] {1, 2}, new double[] {1, 2}, Color.BLUE);
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of(curve));
    Plot plain = Plot.sideBySide("title", "", List.of(panel));

    Figure noted = plain.noted(List.of("λη < 1 and c > 0", "& more")).figure();

    assertThat(legend(noted)).contains("λη &lt; 1 and c &gt; 0<br>&amp; more");
    assertThat(legend(plain.figure())).doesNotContain("more");
    assertThat(height(noted)).isGreaterThan(height(plain.figure()));
    assertThat(axis(noted, "yaxis")).isEqualTo(axis(plain.figure(), "yaxis"));
  }

  @Test
  void theTextOfAMarkMayStandBeforeIt() {
    Line curve = Line.of("y", new double[] {0, 9}, new double[] {1, 2}, Color.BLUE);
    Panel panel = Panel.of("p", Axis.count("epoch"), Axis.linear("y"), List.of(curve));

    Figure figure =
        Plot.sideBySide("", "", List.of(panel.mark(1, "a").markWithTextBefore(8, "b"))).figure();

    assertThat(figure.layout().get("annotations").toString())
        .containsSubsequence("text=a", "xanchor=left", "text=b", "xanchor=right");
  }

  private static int height(Figure figure) {
    return (Integer) figure.layout().get("height");
  }

  @Test
  void aMissingColumnIsNamedWithThoseThatAreThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TableLines.column("loss").apply(table(1.0)))
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
