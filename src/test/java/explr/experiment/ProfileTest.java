package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.file.Resource;
import explr.schedule.Rates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
    Rates twin = PaperFigure.FIGURE_1.rates(profile, Curve.EXPONENTIAL);
    double last = twin.logLearningRate(twin.iterations() - 1) / Math.log(10);
    assertThat(last).isBetween(-1 + 10.0, 38.0);
    assertThat(profile.weightDecay()).isLessThanOrEqualTo(10 * 5e-4);
  }

  @Test
  void aProfileHasEpochsForEachFigure() {
    assertThat(Stream.of(PaperFigure.values()).map(PaperFigure::number))
        .containsExactlyElementsOf(Profile.FIGURES);
  }

  @Test
  void thePapersProfileIsThePapersSetting() {
    Profile paper = Profile.of("paper");
    assertThat(Curve.WEIGHT_DECAY.rates(paper, 160).iterations()).isEqualTo(62_560);
    assertThat(paper.changes()).isEmpty();
    Rates twin = Curve.EXPONENTIAL.rates(paper, 160);
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
        "{\"depth\": 32, \"depth\": 38} | 'depth' is there twice",
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
        "\"weightDecay\": 5e-4 | \"weightDecay\": 1000 | weightDecay 1000.0 times learningRate 0.1 is above",
        "\"depth\": 32 | \"depth\": \"x\" | depth must be a number, not \"x\"",
        "\"depth\": 32 | \"depth\": 60000002 | a depth of at most 10000",
        "\"width\": 1 | \"width\": 100000 | a width of at most 1000",
        "\"1\": 160 | \"1\": 1000000000 | epochs of figure 1 must be at most 255754, for 100000000 iterations",
        "\"1\": 160 | \"1\": 0 | not 0",
        "\"batchSize\": 128 | \"batchSize\": \"many\" | many",
        "\"width\": 1 | \"width\": 1.5 | 1.5 at line 6 column 15 path $.width",
        "\"width\": 1 | \"width\": null | 'width'",
        "50000 | 4294972296 | 4294972296 at line 3 column 28 path $.trainImages",
        "[80, 120] | [80.7, 120] | 80.7",
        "[80, 120] | [80, null] | milestones must be at least 1, not null",
        "[80, 120] | null | milestones must not be null",
        "[80, 120] | [120, 80] | milestones must ascend: 80 follows 120 in [120, 80]",
        "[80, 120] | [80, 80] | milestones must ascend: 80 follows 80 in [80, 80]",
        "\"1\": 160 | \"1\": null | epochs of figure 1 must be at least 1, not null",
        "\"2\": 300 | \"1\": 300 | duplicate key: 1",
        "\"epochs\": {\"1\": 160, \"2\": 300, \"3\": 300, \"4\": 160, \"5\": 200, \"6\": 200} | \"epochs\": null | epochs must not be null",
        "\"changes\": [] | \"changes\": [null] | a sentence of changes must not be null",
      })
  void aValueOutOfRangeIsNamed(String from, String to, String named) throws Exception {
    Path file = paperWith(from, to);
    assertThatThrownBy(() -> Profile.of(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(named)
        .hasMessageNotContainingAny("java.lang", "constructor", "https");
  }

  @Test
  void aCopyOfABuiltInProfileWithOtherValuesHasAnotherName() throws Exception {
    Path copy = paperWith("\"width\": 1", "\"width\": 1");
    assertThat(Profile.of(copy.toString())).isEqualTo(Profile.of("paper"));
    Path wide = paperWith("\"width\": 1", "\"width\": 4");
    assertThatThrownBy(() -> Profile.of(wide.toString()))
        .hasMessageContaining("built-in profile paper and other values")
        .hasMessageContaining("give it another name");
  }

  @Test
  void aMilestoneMayLieAfterTheRunsButNotWhereNothingCounts() throws Exception {
    Path after = paperWith("[80, 120]", "[80, 300000000]");
    Files.writeString(after, Files.readString(after).replace("\"paper\"", "\"far\""));
    assertThat(Profile.of(after.toString()).milestones()).containsExactly(80, 300_000_000);

    String laptop = Resource.text(Profile.class, "profiles/laptop.json");
    Path beyond =
        Files.writeString(folder.resolve("l.json"), laptop.replace("[4, 6]", "[4, 300000000]"));
    assertThatThrownBy(() -> Profile.of(beyond.toString()))
        .hasMessageContaining("milestones must be at most 214748364")
        .hasMessageContaining("not 300000000");
  }

  /** The paper's profile, something of it replaced. */
  private Path paperWith(String from, String to) throws Exception {
    String paper = Resource.text(Profile.class, "profiles/paper.json");
    assertThat(paper).contains(from);
    return Files.writeString(folder.resolve("p.json"), paper.replace(from, to));
  }

  @Test
  void aProfileThatNeedsMoreImagesThanThereAreSaysSo() {
    assertThatThrownBy(() -> Profile.of("paper").task(EmbeddedSample.load(), Backend.auto()))
        .hasMessageContaining("50,000")
        .hasMessageContaining("embedded sample");
    assertThatThrownBy(() -> Profile.of("nowhere")).hasMessageContaining("'nowhere'");
  }
}
