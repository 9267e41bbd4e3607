package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import explr.figure.Line;
import explr.figure.Style.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

  private final Series series = Series.of(1, 4, 2, 8, 3);

  @Test
  void saysWhatTheValuesSay() {
    assertThat(series.mean()).isCloseTo(3.6, within(1e-15));
    assertThat(series.largest()).isEqualTo(8);
    assertThat(series.from(1).smallest()).isEqualTo(2);
    assertThat(series.growth().at(3)).isEqualTo(-5);
    assertThat(series.minus(series).size()).isZero();
    assertThat(series.means(2).length()).isEqualTo(2);
    assertThat(series.means(2).last()).isEqualTo(5);
    assertThat(Series.over(4, t -> t * t).sum()).isEqualTo(14);
  }

  @Test
  void everyStretchReachesTheLeastOfItsGreatestValues() {
    assertThat(series.leastOfGreatest(1)).isEqualTo(1);
    assertThat(series.leastOfGreatest(2)).isEqualTo(4);
    assertThat(series.leastOfGreatest(5)).isEqualTo(8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> series.leastOfGreatest(6))
        .withMessageContaining("not of 6");
  }

  @Test
  void aLongSeriesIsThinnedForDrawingFromItsStart() {
    Line line = Series.over(2_500, t -> t).line("t", Color.BLUE, 0.5);
    assertThat(line.points()).hasSizeLessThanOrEqualTo(1_000).hasSize(834);
    assertThat(line.points().get(1)).isEqualTo(new Line.Point(1.5, 3, 3, 3));
  }

  @Test
  void aLogarithmOfWhatIsNotPositiveIsAGap() {
    List<Line.Point> points = Series.of(100, 0).logLine("r", Color.BLUE).points();
    assertThat(points.get(0).mean()).isEqualTo(2);
    assertThat(points.get(1).mean()).isNaN();
  }

  @Test
  void refusesWhatHasNoMeaning() {
    assertThatIllegalArgumentException().isThrownBy(Series::of);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> series.minus(Series.of(1)))
        .withMessageContaining("5 and 1");
  }
}
