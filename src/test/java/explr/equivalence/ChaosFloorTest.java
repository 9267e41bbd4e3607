package explr.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.TexpPlusPlus;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.schedule.Recipe;
import explr.training.Tasks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosFloorTest {

  private static final Recipe RECIPE = Recipe.of(0.1, 5e-3, 0.9, 40);

  @Test
  void anEquivalentRunPartsAsOneThatBeganABitApart(@TempDir Path folder)
      throws IOException, InterruptedException {
    ChaosFloor chaos =
        ChaosFloor.of(
            Tasks.small(EngineName.MXNET, Precision.FLOAT32)
                .with(PlainCnn.of(2, 1, NormLayer.batch()))
                .withEpsilon(1e-20),
            RECIPE,
            TexpPlusPlus.of(RECIPE),
            List.of(0L, 1L, 2L),
            6);
    assertThat(chaos.iterations()).containsExactly(1, 2, 4, 9, 19, 40);
    assertThat(chaos.points()).hasSize(2 * 3 * 6);
    assertThat(chaos.holds()).isTrue();
    assertThat(chaos.points()).allMatch(point -> point.logits() > 0 && point.logits() < 2);
    Path file = folder.resolve("chaos.csv");
    ExactnessTables.write(ExactnessTables.of(chaos), file);
    assertThat(ExactnessTables.readChaos(file)).isEqualTo(chaos);
  }

  @Test
  void aPairFartherApartThanTheFloorIsSeen() {
    ChaosFloor far =
        new ChaosFloor(
            Stream.of(1L, 2L, 3L)
                .flatMap(
                    t -> Stream.of(point(ChaosFloor.TWIN, t, 2e-5), point(ChaosFloor.BIT, t, 1e-6)))
                .toList());
    assertThat(far.ratio(ChaosFloor.Point::logits)).isBetween(19.0, 21.0);
    assertThat(far.holds()).isFalse();
  }

  private static ChaosFloor.Point point(String pair, long iteration, double distance) {
    return new ChaosFloor.Point(pair, 0, iteration, distance, distance, 0.1, 0.1);
  }
}
