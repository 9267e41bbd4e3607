package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SettledFigureTest {

  private static final Pattern ENTRY = Pattern.compile("<b>([^<]*)</b></span> (\\w+)");

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
    Figure figure =
        SettledFigure.withoutLegends(Plot.sideBySide("Dashes", "", List.of(panel)).figure());

    List<MatchResult> entries = ENTRY.matcher(legend(figure)).results().toList();
    assertThat(entries).extracting(entry -> entry.group(2)).containsExactly("SOLID", "DOT", "DASH");
    assertThat(entries).extracting(entry -> entry.group(1)).doesNotHaveDuplicates();
  }

  private static String legend(Figure figure) {
    return ((List<?>) figure.layout().get("annotations"))
        .stream()
            .map(note -> String.valueOf(((Map<?, ?>) note).get("text")))
            .filter(text -> text.contains("SOLID"))
            .findFirst()
            .orElseThrow();
  }
}
