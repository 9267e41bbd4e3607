package explr.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.TexpPlusPlus;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.NetworkTest;
import explr.engine.Precision;
import explr.engine.Rescaling;
import explr.network.Homogeneity;
import explr.network.NormLayer;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Step;
import explr.training.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OwnArchitectureTest {

  private static final Dataset SAMPLE = EmbeddedSample.load().first(80, 40);
  private static final Backend BACKEND =
      new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, NetworkTest.THREADS);

  static List<NormLayer> layers() {
    List<NormLayer> all = new ArrayList<>();
    for (NormLayer layer :
        List.of(NormLayer.batch(), NormLayer.group(4), NormLayer.layer(), NormLayer.instance())) {
      all.addAll(List.of(layer, layer.withAffine()));
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("layers")
  void isScaleInvariantAsItsCertificateSays(NormLayer layer) {
    assertThat(Homogeneity.of(OwnArchitecture.network(layer)).flaw()).isEmpty();
    assertThat(Rescaling.change(OwnArchitecture.network(layer), BACKEND, 3)).isLessThan(1e-12);
  }

  @Test
  void learnsTheSameWithoutWeightDecay() throws InterruptedException {
    Recipe recipe = Recipe.of(0.1, 5e-3, 0.9, 10);
    List<Double> decayed = losses(recipe);
    List<Double> growing = losses(TexpPlusPlus.of(recipe));
    assertThat(decayed).hasSize(10);
    assertThat(decayed.get(9)).isNotCloseTo(decayed.get(0), within(1e-3));
    for (int t = 0; t < 10; t++) {
      assertThat(growing.get(t)).isCloseTo(decayed.get(t), within(1e-9));
    }
  }

  private static List<Double> losses(Rates rates) throws InterruptedException {
    Task task =
        Task.of(OwnArchitecture.network(NormLayer.group(4).withAffine()), SAMPLE)
            .withBatchSize(8)
            .withEpsilon(1e-20)
            .on(BACKEND);
    List<Double> losses = new ArrayList<>();
    try (Run run = Run.start(task, rates)) {
      run.train(
          new Listener() {
            @Override
            public boolean wantsSteps() {
              return true;
            }

            @Override
            public void step(Step step) {
              losses.add(step.scores().loss());
            }
          });
    }
    return losses;
  }
}
