package explr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.engine.Algorithms;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AlgorithmOptionsTest {

  private static AlgorithmOptions parsed(String... arguments) {
    AlgorithmOptions options = new AlgorithmOptions();
    CommandLine.populateCommand(options, arguments);
    return options;
  }

  @Test
  void areDeterministicUnlessFastIsAskedFor() {
    assertThat(parsed().on("auto", "gpu:0")).isEqualTo(Algorithms.DETERMINISTIC);
    assertThat(parsed("--deterministic").on("gpu:0", "gpu:0")).isEqualTo(Algorithms.DETERMINISTIC);
    assertThat(parsed("--deterministic").on("cpu", "cpu")).isEqualTo(Algorithms.DETERMINISTIC);
    assertThat(parsed("--fast").on("gpu:0", "gpu:0")).isEqualTo(Algorithms.FAST);
    assertThat(parsed("--fast").on("auto", "gpu:0")).isEqualTo(Algorithms.FAST);
  }

  @Test
  void bothAtOnceAreRefused() {
    assertThatThrownBy(() -> parsed("--fast", "--deterministic").on("gpu:0", "gpu:0"))
        .hasMessageContaining("exclude each other");
  }

  @Test
  void fastIsRefusedOnACpuThatWasAskedForAndHasNoEffectOnOneThatWasFound() {
    assertThatThrownBy(() -> parsed("--fast").on("cpu", "cpu")).hasMessageContaining("--fast");
    assertThat(parsed("--fast").on("auto", "cpu")).isEqualTo(Algorithms.DETERMINISTIC);
    assertThat(parsed("--fast").notice("cpu").orElseThrow()).contains("no effect on a CPU");
    assertThat(parsed("--fast").notice("gpu:0")).isEmpty();
    assertThat(parsed("--deterministic").notice("cpu")).isEmpty();
    assertThat(parsed().notice("cpu")).isEmpty();
  }
}
