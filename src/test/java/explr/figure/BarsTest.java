package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.figure.Style.Color;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BarsTest {

  private static final Bars.Bar FIRST = new Bars.Bar("first", 4, 3, 6, Color.BLUE);

  private static Bars bars(Bars.Bar... bars) {
    return new Bars("Title", "settings", "images/s", List.of(bars), "what to see", "what is drawn");
  }

  @Test
  void whiskersReachFromTheSmallestToTheLargestValue() {
    Map<?, ?> whiskers = (Map<?, ?>) bars(FIRST).figure().data().get(0).get("error_x");
    assertThat(whiskers.get("array")).isEqualTo(List.of(2.0));
    assertThat(whiskers.get("arrayminus")).isEqualTo(List.of(1.0));
  }

  @Test
  void barsBeginAtZeroAndStandInTheirOrder() {
    Map<String, Object> layout = bars(FIRST).figure().layout();
    assertThat(((Map<?, ?>) layout.get("xaxis")).get("rangemode")).isEqualTo("tozero");
    assertThat(((Map<?, ?>) layout.get("yaxis")).get("autorange")).isEqualTo("reversed");
  }

  @Test
  void twoBarsOfOneNameAreRefused() {
    assertThatThrownBy(() -> bars(FIRST, FIRST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("first");
  }

  @Test
  void theFigureCarriesItsWords() {
    Figure figure = bars(FIRST).figure();
    assertThat(figure.title()).isEqualTo("Title");
    assertThat(figure.caption()).isEqualTo("what to see");
    assertThat(figure.alternativeText()).isEqualTo("what is drawn");
  }
}
