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
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

/** The profile tiny, of which one run was recorded. */
class RecordingsTest {

  private static final Dataset SAMPLE = EmbeddedSample.load();
  private static final Backend MXNET = new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1);
  private static final String HERE = "embedded sample of CIFAR-10, 320 + 40 images";
  private static final String ELSEWHERE = "CIFAR-10, 320 + 40 images";

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static String tiny;
  private static Lab elsewhere;
  private static final Lab.Shown exponential = Lab.shown(PaperFigure.FIGURE_1, Curve.EXPONENTIAL);
  private static final Lab.Shown decay = Lab.shown(PaperFigure.FIGURE_1, Curve.WEIGHT_DECAY);

  @BeforeAll
  static void train() throws Exception {
    tiny = Files.readString(Path.of(RecordingsTest.class.getResource("tiny.json").toURI()));
    elsewhere = experiment(tiny, shared, MXNET);
    elsewhere.train(exponential, 0, new Listener() {});
    elsewhere.train(decay, 0, new Listener() {});
  }

  private static Lab experiment(String profile, Path folder, Backend backend) throws Exception {
    Path file = Files.writeString(folder.resolve("profile.json"), profile);
    return new Lab(
        Profile.of(file.toString()),
        SAMPLE,
        backend,
        new Store(folder.resolve("store")),
        folder.resolve("recorded"));
  }

  @BeforeEach
  void record() throws Exception {
    record(exponential);
  }

  private Path record(Lab.Shown run) throws Exception {
    Path recorded = folder.resolve("recorded/tiny/runs/" + run.curve() + "-seed-0");
    elsewhere.export(run, 0, recorded);
    return recorded;
  }

  private Lab here(String profile) throws Exception {
    return experiment(profile, folder, MXNET);
  }

  private static boolean shows(Lab lab) {
    return recorded(lab, exponential);
  }

  private static boolean recorded(Lab lab, Lab.Shown run) {
    return lab.results(0L).isRecorded(run.figure(), run.curve(), 0);
  }

  private static Optional<Table> table(Lab lab, Lab.Shown run) throws Exception {
    return lab.results(0L).find(run.figure(), run.curve(), 0).map(KnownRun::measurements);
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
    Lab here = here(tiny.replace(size, other));
    assertThat(shows(here)).isTrue();
    assertThat(table(here, exponential).get().rowCount()).isEqualTo(rows);
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

  /** The setting of Figure 1, with a quote at its end. */
  private static String draw(Lab lab) {
    return lab.results(0L).of(PaperFigure.FIGURE_1, 0L).setting() + "\"";
  }

  private static String setting(String data, String recorded) {
    return "PreResNet-8, "
        + data
        + ", batch 16, η = 0.1, λ = 0.005, momentum 0.9"
        + recorded
        + "\"";
  }

  private void recordedElsewhere(Lab.Shown curve) throws Exception {
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
    Lab here = here(tiny);
    here.train(decay, 0, new Listener() {});
    assertThat(draw(here)).contains(setting(HERE, "; recorded: exponential, seed 0"));

    recordedElsewhere(exponential);
    assertThat(draw(here))
        .contains(setting(HERE, "; recorded on " + ELSEWHERE + ": exponential, seed 0"));
  }

  @Test
  void aCosineOfAnotherLengthIsAnotherCurve() throws Exception {
    Lab.Shown cosine = Lab.shown(PaperFigure.FIGURE_5, Curve.COSINE);
    elsewhere.train(cosine, 0, new Listener() {});
    Path run = record(cosine);
    assertThat(table(here(tiny), cosine)).isPresent();

    Lab shorter = here(tiny.replace("\"5\": 4", "\"5\": 3"));
    assertThat(shorter.planned(cosine, 0).rates().iterations())
        .isLessThan(elsewhere.planned(cosine, 0).rates().iterations());
    assertThat(table(shorter, cosine)).isEmpty();
    assertThatThrownBy(() -> new RunFolder(run).requireSame(shorter.manifest(cosine, 0)))
        .hasMessageContaining("cosine_iterations");
  }

  @Test
  void epochsTrainedForAnotherFigureDoNotHideTheWholeRecordedRun() throws Exception {
    Lab.Shown texp = Lab.shown(PaperFigure.FIGURE_2, Curve.TEXP);
    Lab here = here(tiny);
    here.train(exponential, 0, new Listener() {});
    // TEXP begins as the exponential rate does; without a recording that much is known of it.
    assertThat(table(here, texp).get().rowCount()).isEqualTo(4);
    assertThat(recorded(here, texp)).isFalse();

    elsewhere.train(texp, 0, new Listener() {});
    record(texp);
    assertThat(table(here, texp).get().rowCount()).isEqualTo(8);
    assertThat(recorded(here, texp)).isTrue();
    assertThat(recorded(here, exponential)).isFalse();

    here.train(texp, 0, new Listener() {});
    assertThat(recorded(here, texp)).isFalse();
  }

  @Test
  void whatWasRecordedIsReadWhateverWasTrainedHere() throws Exception {
    Lab here = here(tiny);
    here.train(exponential, 0, new Listener() {});
    here.train(decay, 0, new Listener() {});
    Results recorded = Results.recorded(here.profile(), here.recorded());
    assertThat(recorded.table(PaperFigure.FIGURE_1, Curve.EXPONENTIAL, 0).rowCount()).isEqualTo(6);
    assertThatThrownBy(() -> recorded.table(PaperFigure.FIGURE_1, Curve.WEIGHT_DECAY, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no results of 'weight-decay' of figure-1");
    assertThat(recorded.of(PaperFigure.FIGURE_1, 0L).setting() + "\"")
        .contains(setting(HERE, "; recorded"));
  }

  @Test
  void theLedgerNamesTheImagesThatItsRunsWereTrainedOn() throws Exception {
    recordedElsewhere(exponential);
    assertThat(Ledger.of(here(tiny).results(0L), List.of(0L)).setting()).contains(ELSEWHERE);
    assertThat(Ledger.of(here(tiny).results(1L), List.of(1L)).setting()).contains(HERE);
  }

  @Test
  void aFigureOfRunsTrainedHereSaysNothingOfRecordings() throws Exception {
    assertThat(draw(elsewhere)).contains(setting(HERE, ""));
  }
}
