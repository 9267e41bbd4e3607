package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.schedule.Rates;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sample", "laptop", "paper"})
  void aBuiltInProfilesRateGrowsByTenPowersOfTenWithinFloat32(String name) {
    Profile profile = Profile.of(name);
    Rates twin = CurveName.EXPONENTIAL.of(profile, profile.epochs(PaperFigure.FIGURE_1)).rates();
    double last = twin.logLearningRate(twin.iterations() - 1) / Math.log(10);
    assertThat(last).isBetween(-1 + 10.0, 38.0);
    assertThat(profile.weightDecay()).isLessThanOrEqualTo(10 * 5e-4);
  }

  @Test
  void thePapersProfileIsThePapersSetting() {
    Profile paper = Profile.of("paper");
    assertThat(CurveName.WEIGHT_DECAY.of(paper, 160).rates().iterations()).isEqualTo(62_560);
    assertThat(paper.changes()).isEmpty();
    Rates twin = CurveName.EXPONENTIAL.of(paper, 160).rates();
    assertThat(Math.exp(twin.logLearningRate(391) - twin.logLearningRate(0)))
        .isCloseTo(1.48123, org.assertj.core.api.Assertions.within(5e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | lacks batchSize",
        "nonsense | not a profile",
        "{\"colour\": 1} | unknown colour",
      })
  void aFileThatIsNoProfileIsRefused(String json, String message) throws Exception {
    Path file = Files.writeString(folder.resolve("profile.json"), json);
    assertThatThrownBy(() -> Profile.of(file.toString()))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"depth\": 32 | \"depth\": 31 | 31",
        "\"momentum\": 0.9 | \"momentum\": 1 | 1.0",
        "\"learningRate\": 0.1 | \"learningRate\": -0.1 | -0.1",
        "\"weightDecay\": 5e-4 | \"weightDecay\": -1 | -1.0",
        "\"1\": 160 | \"1\": 0 | not 0",
        "\"batchSize\": 128 | \"batchSize\": \"many\" | many",
      })
  void aValueOutOfRangeIsNamed(String from, String to, String named) throws Exception {
    String paper =
        new String(
            Profile.class.getResourceAsStream("profiles/paper.json").readAllBytes(),
            java.nio.charset.StandardCharsets.UTF_8);
    Path file = Files.writeString(folder.resolve("p.json"), paper.replace(from, to));
    assertThatThrownBy(() -> Profile.of(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void aProfileThatNeedsMoreImagesThanThereAreSaysSo() {
    assertThatThrownBy(() -> Profile.of("paper").task(EmbeddedSample.load(), Backend.auto(), 0))
        .hasMessageContaining("50,000")
        .hasMessageContaining("embedded sample");
    assertThatThrownBy(() -> Profile.of("nowhere")).hasMessageContaining("'nowhere'");
  }
}
