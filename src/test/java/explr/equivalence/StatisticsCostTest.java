package explr.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.network.NormLayer;
import explr.network.PlainCnn;
import explr.training.Task;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsCostTest {

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void lagIsProportionalToGrowthAndGoesWhereStatisticsFollow(EngineName engine) {
    Task task =
        Task.of(PlainCnn.of(1, 1, NormLayer.batch()), EmbeddedSample.load())
            .withBatchSize(16)
            .on(new Backend(engine, "cpu", Precision.FLOAT32, 1));
    StatisticsCost cost =
        StatisticsCost.of(Arithmetic.EXACT.of(task), 0.1, 0.9, List.of(1e-4, 1e-3), 20);
    assertThat(cost.points()).allMatch(point -> point.corrected() < 1e-12);
    double slow = cost.points().get(0).left() / cost.points().get(0).growth();
    double fast = cost.points().get(1).left() / cost.points().get(1).growth();
    assertThat(slow).isBetween(0.1, 100.0);
    assertThat(fast / slow).isBetween(0.5, 2.0);
  }
}
