package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.figure.Figure;
import explr.theory.PlainState;
import explr.theory.Ripples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommutingFigureTest {

  private static final Ripples LOSSES = Ripples.of(2, 4);
  private static final PlainState START = PlainState.of(new double[] {0.9, 0.5}, 1.5);

  @Test
  void after_all_maps_the_two_ways_meet_and_before_they_do_not() {
    List<?> rows = readout(CommutingFigure.of(LOSSES, START, 0.9, CommutingFigure.MAPS));
    assertThat(numbers(rows.get(1))).isEqualTo(numbers(rows.get(2)));
    List<?> before = readout(CommutingFigure.of(LOSSES, START, 0.9, CommutingFigure.MAPS - 1));
    assertThat(numbers(before.get(1))).isNotEqualTo(numbers(before.get(2)));
  }

  @Test
  void maps_that_the_proof_has_not_are_refused() {
    assertThatThrownBy(() -> CommutingFigure.of(LOSSES, START, 0.9, 7))
        .hasMessageContaining("0 to 6 maps");
    assertThatThrownBy(() -> CommutingFigure.of(LOSSES, START, 0, 1)).hasMessageContaining("ρ");
  }

  private static List<?> readout(Figure figure) {
    return (List<?>) ((Map<?, ?>) figure.layout().get("meta")).get("readout");
  }

  private static List<?> numbers(Object row) {
    List<?> cells = (List<?>) row;
    return cells.subList(1, cells.size());
  }
}
