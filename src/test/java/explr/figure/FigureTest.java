package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FigureTest {

  @Test
  void numbersThatJsonDoesNotKnowAreGaps() {
    Figure figure =
        new Figure(
            List.of(Map.of("y", List.of(1.5, Double.NaN, Double.POSITIVE_INFINITY, 1e300))),
            Map.of());

    assertThat(figure.toJson())
        .isEqualTo("{\"data\":[{\"y\":[1.5,null,null,1.0E300]}],\"layout\":{}}");
  }

  @Test
  void itStaysAsItWasMade() {
    List<Object> y = new ArrayList<>(Arrays.asList(1, 2));
    Figure figure = new Figure(List.of(Map.of("y", y)), Map.of());
    y.add(3);

    assertThat(figure.data().get(0)).containsEntry("y", List.of(1, 2));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> figure.layout().put("title", "other"));
  }

  @Test
  void theOrderInWhichAMapWasFilledDoesNotMatter() {
    assertThat(new Figure(List.of(), Map.of("a", 1, "b", 2, "c", 3)).toJson())
        .isEqualTo("{\"data\":[],\"layout\":{\"a\":1,\"b\":2,\"c\":3}}");
  }

  @Test
  void itsTitleIsReadWithoutMarkupInEitherFormThatPlotlyKnows() {
    assertThat(new Figure(List.of(), Map.of("title", "<b>Rates</b>")).title()).isEqualTo("Rates");
    assertThat(new Figure(List.of(), Map.of("title", Map.of("text", "<b>Rates</b>"))).title())
        .isEqualTo("Rates");
    assertThat(new Figure(List.of(), Map.of()).title()).isEmpty();
  }

  @Test
  void whatPlotlyCannotReadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Figure(List.of(Map.of("y", new double[] {1})), Map.of()))
        .withMessageContaining("double[]");
  }
}
