package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.store.Store;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Settings DEFAULTS = Settings.of(Map.of());

  @Test
  void withoutVariablesTheSampleIsTrainedBesideTheCaller() {
    assertThat(DEFAULTS.profile()).isEqualTo("sample");
    assertThat(DEFAULTS.results(Profile.of("paper"))).isEqualTo(Path.of(".explr/results/paper"));
    assertThat(DEFAULTS.data(null).name()).contains("embedded sample");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "EXPLR_PROFILE",
        "EXPLR_CIFAR10",
        "EXPLR_HOME",
        "EXPLR_PYTHON",
        "EXPLR_COMMIT",
        "EXPLR_RECORDED",
        "EXPLR_STORE"
      })
  void aBlankVariableCountsAsUnset(String name) {
    assertThat(Settings.of(Map.of(name, " "))).isEqualTo(DEFAULTS);
    assertThat(Settings.of(Map.of(name, "laptop"))).isNotEqualTo(DEFAULTS);
  }

  @Test
  void anExperimentIsWhatTheVariablesSay() {
    Experiment experiment =
        Experiment.from(
            Map.of("EXPLR_PROFILE", "laptop", "EXPLR_HOME", "/made", "EXPLR_COMMIT", "abc"));
    assertThat(experiment.profile()).isEqualTo(Profile.of("laptop"));
    assertThat(experiment.store()).isEqualTo(new Store(Path.of("/made/store")));
    assertThat(experiment.canTrain()).isFalse();
    assertThat(experiment.commit()).contains("abc");
  }

  @Test
  void aFolderWithoutImagesIsNoReasonToTakeTheSample() {
    Settings settings = Settings.of(Map.of("EXPLR_CIFAR10", "nowhere"));
    assertThatThrownBy(() -> settings.data(null)).hasMessageContaining("EXPLR_CIFAR10");
    assertThatThrownBy(() -> DEFAULTS.data(Path.of("nowhere"))).hasMessageContaining("nowhere");
  }
}
