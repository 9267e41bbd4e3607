package explr.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SliderTest {

  @Test
  void stops_lie_at_equal_distances_or_ratios() {
    assertThat(Slider.linear("x", 0, 1, 5).values()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
    Slider log = Slider.log("λ", 1e-5, 1e-3, 3);
    assertThat(log.values().get(1)).isCloseTo(1e-4, within(1e-18));
    assertThat(log.texts()).containsExactly("1·10^-5", "1·10^-4", "0.001");
  }

  @Test
  void starts_at_the_stop_nearest_to_a_value() {
    assertThat(Slider.linear("x", 0, 1, 5).at(0.6).start()).isEqualTo(2);
    assertThat(Slider.choice("schedule", "steps", "cosine").at(1).start()).isEqualTo(1);
  }

  @Test
  void a_sample_of_stops_keeps_both_ends_and_the_start() {
    Slider slider = Slider.linear("x", 0, 1, 101).at(0.37);
    assertThat(slider.sample(5)).hasSize(5).startsWith(0).endsWith(100).contains(37).isSorted();
    assertThat(Slider.of("x", 1, 2, 3).sample(5)).containsExactly(0, 1, 2);
    assertThat(slider.at(1).sample(3)).containsExactly(0, 50, 100);
    assertThat(slider.sample(2)).containsExactly(37, 100);
    assertThat(slider.at(0.63).sample(2)).containsExactly(0, 63);
    assertThat(slider.at(1).sample(2)).containsExactly(0, 100);
    assertThat(slider.sample(1)).containsExactly(37);
  }

  @Test
  void one_that_cannot_move_is_refused() {
    assertThatThrownBy(() -> Slider.of("x", 1))
        .hasMessage("the slider 'x' needs at least two values and a text for each; it has 1 and 1");
    assertThatThrownBy(() -> Slider.linear("x", 0, 1, 1)).hasMessageContaining("it has 1 and 1");
    assertThatThrownBy(() -> Slider.log("x", 1, 2, 0)).hasMessageContaining("it has 0 and 0");
    assertThatThrownBy(() -> Slider.log("x", 0, 1, 3)).hasMessageContaining("above 0");
  }

  @Test
  void one_without_a_place_to_stand_is_refused() {
    assertThatThrownBy(() -> Slider.of("x", 1, Double.NaN))
        .hasMessage("the slider 'x' cannot stand at NaN; its values must be finite");
    assertThatThrownBy(() -> Slider.linear("x", 0, Double.POSITIVE_INFINITY, 3))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
