package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {

  /** Runs of a single step, of epochs shorter than what is measured, and of longer ones. */
  @ParameterizedTest
  @CsvSource({"16, 16, 1", "32, 16, 1", "320, 16, 2"})
  void isMeasuredHoweverShortARunIs(int images, int batch, int epochs) throws Exception {
    Profile brief =
        new Profile(
            "brief",
            images,
            40,
            8,
            1,
            batch,
            1,
            epochs(epochs),
            List.of(),
            0.1,
            5e-3,
            0.9,
            List.of());
    Backend backend = new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1);
    Pace pace = Pace.measure(brief.task(EmbeddedSample.load(), backend));
    assertThat(pace.secondsPerStep()).isPositive().isFinite();
    assertThat(pace.secondsPerTestImage()).isPositive().isFinite();
  }

  private static Map<String, Integer> epochs(int each) {
    return IntStream.rangeClosed(1, 6).boxed().collect(Collectors.toMap(n -> "" + n, n -> each));
  }

  @Test
  void countsStepsAndEvaluations() {
    Pace pace = new Pace(0.5, 0.001);
    assertThat(pace.seconds(100, 2, 1000)).isCloseTo(50 + 2, within(1e-12));
    assertThat(pace.seconds(0, 0, 1000)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "NaN, 1", "1, NaN"})
  void refusesTimesThatAreNotPositive(double step, double image) {
    assertThatThrownBy(() -> new Pace(step, image)).hasMessageContaining("must be positive");
  }
}
