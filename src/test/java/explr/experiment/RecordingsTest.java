package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.ledger.Ledger;
import explr.store.Store;
import explr.training.Listener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The profile tiny, of which one run was recorded. */
class RecordingsTest {

  private static final Dataset SAMPLE = EmbeddedSample.load();
  private static final Backend MXNET = new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1);
  private static final String HERE = "embedded sample of CIFAR-10, 320 + 40 images";
  private static final String ELSEWHERE = "CIFAR-10, 320 + 40 images";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static String tiny;
  private static Experiment elsewhere;
  private static Curve exponential;
  private static Curve decay;

  @BeforeAll
  static void train() throws Exception {
    tiny = Files.readString(Path.of(RecordingsTest.class.getResource("tiny.json").toURI()));
    elsewhere = experiment(tiny, shared, MXNET);
    exponential = elsewhere.curve(PaperFigure.FIGURE_1, "exponential");
    decay = elsewhere.curve(PaperFigure.FIGURE_1, "weight-decay");
    elsewhere.train(exponential, 0, new Listener() {});
    elsewhere.train(decay, 0, new Listener() {});
  }

  private static Experiment experiment(String profile, Path folder, Backend backend)
      throws Exception {
    Path file = Files.writeString(folder.resolve("profile.json"), profile);
    return new Experiment(
        Profile.of(file.toString()),
        SAMPLE,
        backend,
        new Store(folder.resolve("store")),
        folder.resolve("recorded"),
        Duration.ZERO,
        Optional.empty());
  }

  @BeforeEach
  void record() throws Exception {
    record(exponential);
  }

  private Path record(Curve curve) throws Exception {
    Path run = folder.resolve("recorded/tiny/runs/" + curve.name() + "-seed-0");
    elsewhere.export(curve, 0, run);
    return run;
  }

  private Experiment here(String profile) throws Exception {
    return experiment(profile, folder, MXNET);
  }

  private static boolean shows(Experiment experiment) throws Exception {
    Curve same = experiment.curve(PaperFigure.FIGURE_1, "exponential");
    return experiment.onlyRecorded(same, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"depth\": 8 | \"depth\": 14",
        "\"width\": 1 | \"width\": 2",
        "\"batchSize\": 16 | \"batchSize\": 32",
        "\"measurementsPerEpoch\": 2 | \"measurementsPerEpoch\": 1",
        "\"milestones\": [2, 3] | \"milestones\": [1, 3]",
        "\"learningRate\": 0.1 | \"learningRate\": 0.2",
        "\"weightDecay\": 5e-3 | \"weightDecay\": 5e-4",
        "\"momentum\": 0.9 | \"momentum\": 0.8",
      })
  void aProfileOfTheSameNameWithOtherSizesShowsNothing(String size, String other) throws Exception {
    assertThat(tiny).contains(size);
    assertThat(shows(here(tiny.replace(size, other)))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"testImages\": 40 | \"testImages\": 20 | 6",
        "\"epochs\": {\"1\": 3 | \"epochs\": {\"1\": 2 | 4",
        "Everything is tiny | Nothing is large | 6",
      })
  void whatChangesNeitherNetworkNorRatesLeavesIt(String size, String other, int rows)
      throws Exception {
    assertThat(tiny).contains(size);
    Experiment here = here(tiny.replace(size, other));
    assertThat(shows(here)).isTrue();
    Curve same = here.curve(PaperFigure.FIGURE_1, "exponential");
    assertThat(here.results(same, 0).get().rowCount()).isEqualTo(rows);
  }

  @Test
  void whoeverComputesShowsIt() throws Exception {
    Backend other = new Backend(EngineName.PYTORCH, "cpu", Precision.FLOAT64, 2);
    assertThat(shows(experiment(tiny, folder, other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"epsilon\": | \"epsilon\": 1.0E-3, \"was\":",
        "\"architecture_graph\": \" | \"architecture_graph\": \"0",
        "\"watched\": [ | \"watched\": [\"another\",",
      })
  void aManifestThatTellsOfAnotherNetworkIsNotShown(String text, String other) throws Exception {
    Path manifest = record(exponential).resolve("manifest.json");
    assertThat(shows(here(tiny))).isTrue();
    assertThat(manifest).content().contains(text);
    Files.writeString(manifest, Files.readString(manifest).replace(text, other));
    assertThat(shows(here(tiny))).isFalse();
  }

  /** Of Figure 1, as JSON. */
  private static String draw(Experiment experiment) {
    return experiment.draw(PaperFigure.FIGURE_1, 0L).toJson();
  }

  private static String setting(String data, String recorded) {
    return "PreResNet-8, "
        + data
        + ", batch 16, η = 0.1, λ = 0.005, momentum 0.9"
        + recorded
        + "\"";
  }

  private void recordedElsewhere(Curve curve) throws Exception {
    Path manifest = record(curve).resolve("manifest.json");
    String text = Files.readString(manifest);
    assertThat(text).contains(HERE);
    Files.writeString(manifest, text.replace(HERE, ELSEWHERE));
  }

  @Test
  void aFigureOfRecordedRunsNamesTheirImages() throws Exception {
    recordedElsewhere(exponential);
    recordedElsewhere(decay);
    assertThat(draw(here(tiny))).contains(setting(ELSEWHERE, "; recorded"));
  }

  @Test
  void aFigureWithSomeRecordedRunsNamesThese() throws Exception {
    Experiment here = here(tiny);
    here.train(decay, 0, new Listener() {});
    assertThat(draw(here)).contains(setting(HERE, "; recorded: exponential, seed 0"));

    recordedElsewhere(exponential);
    assertThat(draw(here))
        .contains(setting(HERE, "; recorded on " + ELSEWHERE + ": exponential, seed 0"));
  }

  @Test
  void aCosineOfAnotherLengthIsAnotherCurve() throws Exception {
    Curve cosine = elsewhere.curve(PaperFigure.FIGURE_5, "cosine");
    elsewhere.train(cosine, 0, new Listener() {});
    Path run = record(cosine);
    assertThat(here(tiny).results(cosine, 0)).isPresent();

    Experiment shorter = here(tiny.replace("\"5\": 4", "\"5\": 3"));
    Curve other = shorter.curve(PaperFigure.FIGURE_5, "cosine");
    assertThat(other.rates().iterations()).isLessThan(cosine.rates().iterations());
    assertThat(shorter.results(other, 0)).isEmpty();
    assertThatThrownBy(() -> new RunFolder(run).requireSame(shorter.manifest(other, 0)))
        .hasMessageContaining("cosine_iterations");
  }

  @Test
  void epochsTrainedForAnotherFigureDoNotHideTheWholeRecordedRun() throws Exception {
    Curve texp = elsewhere.curve(PaperFigure.FIGURE_2, "texp");
    Experiment here = here(tiny);
    here.train(exponential, 0, new Listener() {});
    // TEXP begins as the exponential rate does; without a recording that much is known of it.
    assertThat(here.results(texp, 0).get().rowCount()).isEqualTo(4);
    assertThat(here.onlyRecorded(texp, 0)).isFalse();

    elsewhere.train(texp, 0, new Listener() {});
    record(texp);
    assertThat(here.results(texp, 0).get().rowCount()).isEqualTo(8);
    assertThat(here.onlyRecorded(texp, 0)).isTrue();
    assertThat(here.onlyRecorded(exponential, 0)).isFalse();

    here.train(texp, 0, new Listener() {});
    assertThat(here.onlyRecorded(texp, 0)).isFalse();
  }

  @Test
  void whatWasRecordedIsReadWhateverWasTrainedHere() throws Exception {
    Experiment here = here(tiny);
    here.train(exponential, 0, new Listener() {});
    here.train(decay, 0, new Listener() {});
    Recorded recorded = here.recordedAt(here.profile());
    assertThat(recorded.results(PaperFigure.FIGURE_1, "exponential", 0).rowCount()).isEqualTo(6);
    assertThatThrownBy(() -> recorded.results(PaperFigure.FIGURE_1, "weight-decay", 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Nothing is recorded of 'weight-decay' of figure-1");
    assertThat(recorded.draw(PaperFigure.FIGURE_1, 0L).toJson())
        .contains(setting(HERE, "; recorded"));
  }

  @Test
  void theLedgerNamesTheImagesThatItsRunsWereTrainedOn() throws Exception {
    recordedElsewhere(exponential);
    assertThat(Ledger.of(here(tiny), List.of(0L)).setting()).contains(ELSEWHERE);
    assertThat(Ledger.of(here(tiny), List.of(1L)).setting()).contains(HERE);
  }

  @Test
  void aFigureOfRunsTrainedHereSaysNothingOfRecordings() throws Exception {
    assertThat(draw(elsewhere)).contains(setting(HERE, ""));
  }
}
