package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExplorableTest {

  private static final Explorable SUM =
      Explorable.of(
          v -> new Figure(List.of(Map.of("y", List.of(v[0] + v[1]))), Map.of()),
          Slider.linear("tens", 0, 990, 100).at(370),
          Slider.of("ones", 1, 2, 3).at(2));

  @Test
  void starts_where_its_sliders_stand() {
    assertThat(SUM.start()).isEqualTo(SUM.at(List.of(37, 1)));
    assertThat(SUM.start().data().get(0)).containsEntry("y", List.of(372.0));
  }

  @Test
  void the_grid_has_every_combination_with_the_last_slider_fastest() {
    Explorable.Grid grid = SUM.grid();
    assertThat(grid.stops().get(1)).containsExactly(0, 1, 2);
    assertThat(grid.figures()).hasSize(grid.stops().get(0).size() * 3).hasSizeBetween(150, 200);
    for (int i = 0; i < grid.figures().size(); i++) {
      List<Integer> stops = List.of(grid.stops().get(0).get(i / 3), i % 3);
      assertThat(grid.figures().get(i)).isEqualTo(SUM.at(stops));
    }
  }

  @Test
  void stops_that_no_slider_has_are_refused() {
    assertThatThrownBy(() -> SUM.at(List.of(100, 0)))
        .hasMessage("the slider 'tens' has stops 0 to 99, not 100");
    assertThatThrownBy(() -> SUM.at(List.of(1))).hasMessage("there are 2 sliders, not 1");
    assertThatThrownBy(() -> Explorable.of(v -> null)).hasMessageContaining("at least one slider");
  }
}
