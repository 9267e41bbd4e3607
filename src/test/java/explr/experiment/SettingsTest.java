package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

  private static final Settings DEFAULTS = Settings.of(Map.of());

  @Test
  void withoutVariablesTheSampleIsTrainedBesideTheCaller() {
    assertThat(DEFAULTS.profile()).isEqualTo(Profile.of("sample"));
    assertThat(DEFAULTS.results(Profile.of("paper"))).isEqualTo(Path.of(".explr/results/paper"));
    assertThat(DEFAULTS.images().name()).contains("embedded sample");
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
  void theDeviceIsTheVariablesWithAnyOtherValueNamed() {
    assertThat(Settings.of(Map.of("EXPLR_DEVICE", "cpu")).backend().device()).isEqualTo("cpu");
    assertThat(Settings.device(Map.of("EXPLR_DEVICE", " "))).isEqualTo("auto");
    Map<String, String> wrong = Map.of("EXPLR_DEVICE", "cuda");
    assertThatThrownBy(() -> Settings.of(wrong)).hasMessageContaining("unknown device 'cuda'");
    assertThat(Settings.of(wrong, DEFAULTS.backend())).isEqualTo(DEFAULTS);
  }

  @Test
  void aPlanIsWhatTheVariablesSay() throws IOException {
    Settings settings =
        Settings.of(
            Map.of("EXPLR_PROFILE", "laptop", "EXPLR_HOME", "/made", "EXPLR_COMMIT", "abc"));
    assertThat(settings.profile()).isEqualTo(Profile.of("laptop"));
    assertThat(settings.store()).isEqualTo(new Store(Path.of("/made/store")));
    assertThat(settings.commit()).contains("abc");

    Plan plan = Plan.of(settings, 0L);
    assertThat(plan.profile()).isEqualTo(Profile.of("laptop"));
    assertThat(plan.canTrain()).isFalse();
    assertThat(plan.runs()).isEmpty();
    assertThat(Description.of(plan).stringColumn("how").asList())
        .anyMatch(how -> how.startsWith("recorded results only"));
    assertThatThrownBy(() -> plan.only(PaperFigure.FIGURE_1))
        .hasMessageContaining("the profile laptop needs 49,920 training");
  }

  @Test
  void aFolderWithoutImagesIsNoReasonToTakeTheSample() {
    Settings settings = Settings.of(Map.of("EXPLR_CIFAR10", "nowhere"));
    assertThatThrownBy(() -> settings.images()).hasMessageContaining("EXPLR_CIFAR10");
    assertThatThrownBy(() -> DEFAULTS.withData(Optional.of(Path.of("nowhere"))).images())
        .hasMessageContaining("nowhere");
  }
}
