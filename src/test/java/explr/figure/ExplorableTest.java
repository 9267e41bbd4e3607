package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(grid.points()).hasSize(grid.stops().get(0).size() * 3).hasSizeBetween(150, 200);
    for (int i = 0; i < grid.points().size(); i++) {
      List<Integer> stops = List.of(grid.stops().get(0).get(i / 3), i % 3);
      assertThat(grid.points().get(i)).isEqualTo(new Explorable.Shown(SUM.at(stops)));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 101", "5, 162", "8, 192", "40, 192"})
  void the_grid_has_at_most_200_figures_of_any_number_of_sliders(int sliders, int figures) {
    Slider slider = Slider.linear("x", 0, 1, 101).at(0.37);
    Explorable many =
        Explorable.of(
            v -> new Figure(List.of(), Map.of("title", "" + v.length)),
            Collections.nCopies(sliders, slider).toArray(Slider[]::new));

    Explorable.Grid grid = many.grid();

    assertThat(grid.points()).hasSize(figures).hasSizeLessThanOrEqualTo(200);
    assertThat(grid.stops()).hasSize(sliders).allSatisfy(stops -> assertThat(stops).contains(37));
  }

  @Test
  void a_point_that_the_function_refuses_has_its_message() {
    Explorable root =
        Explorable.of(
            v -> {
              if (v[0] < 0) {
                throw new IllegalArgumentException("no root of " + v[0]);
              }
              return new Figure(List.of(), Map.of("title", "" + Math.sqrt(v[0])));
            },
            Slider.of("x", -1, 4).at(4));

    assertThat(root.grid().points())
        .containsExactly(
            new Explorable.Refused("no root of -1.0"), new Explorable.Shown(root.start()));
  }

  @Test
  void an_error_of_the_program_is_none_of_its_points() {
    Explorable broken =
        Explorable.of(
            v -> new Figure(List.of(Map.of("y", List.of(List.of(1).get((int) v[0])))), Map.of()),
            Slider.of("x", 0, 1));

    assertThatThrownBy(broken::grid).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void stops_that_no_slider_has_are_refused() {
    assertThatThrownBy(() -> SUM.at(List.of(100, 0)))
        .hasMessage("the slider 'tens' has stops 0 to 99, not 100");
    assertThatThrownBy(() -> SUM.at(List.of(1))).hasMessage("there are 2 sliders, not 1");
    assertThatThrownBy(() -> Explorable.of(v -> null)).hasMessageContaining("at least one slider");
  }
}
