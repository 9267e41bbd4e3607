package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.data.Normalization;
import explr.engine.EngineName;
import explr.measurement.Timing;
import explr.store.Lineage;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Step;
import explr.training.StepCounter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of 6 periods of 10 iterations each, in a store. */
class ResumableRunTest {

  private static final Dataset SAMPLE = EmbeddedSample.load();

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Lab undisturbed;
  private static Lab.Shown curve;

  private static Lab in(Path folder) {
    return in(folder, EngineName.MXNET);
  }

  private static Lab in(Path folder, EngineName engine) {
    return Lab.tiny(folder, engine);
  }

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    undisturbed = in(shared);
    curve = Lab.shown(PaperFigure.FIGURE_1, Curve.EXPONENTIAL);
    undisturbed.train(curve, 0, new Listener() {});
  }

  private static StepCounter never() {
    return new StepCounter(-1);
  }

  private void stopAt(long iteration) {
    assertThatThrownBy(() -> in(folder).train(curve, 0, new StepCounter(iteration)))
        .isInstanceOf(InterruptedException.class);
  }

  private static Path file(Lab experiment, Lab.Shown of, int period, String name) {
    Lineage lineage = experiment.lineage(of, 0);
    return experiment
        .store()
        .folder()
        .resolve(lineage.start().hex().substring(0, 32))
        .resolve(lineage.at(period).hex().substring(0, 32))
        .resolve(name);
  }

  private Path file(int period, String name) {
    return file(in(folder), curve, period, name);
  }

  private StepCounter continuesToTheSameBytes() throws Exception {
    StepCounter counter = never();
    in(folder).train(curve, 0, counter);
    requireSameBytes(in(folder), undisturbed, curve);
    return counter;
  }

  /** Every row, and the run at its end. */
  private static void requireSameBytes(Lab one, Lab other, Lab.Shown of) throws IOException {
    int last = other.lineage(of, 0).length();
    for (int period = 1; period <= last; period++) {
      assertThat(file(one, of, period, "measurement.csv"))
          .as("period " + period)
          .hasSameBinaryContentAs(file(other, of, period, "measurement.csv"));
    }
    assertThat(file(one, of, last, "state.bin"))
        .hasSameBinaryContentAs(file(other, of, last, "state.bin"));
  }

  private long iterationsDone() throws IOException {
    return in(folder).run(curve, 0).iterationsDone(6, false);
  }

  @Test
  void stoppedInTheMiddleOfAPeriodItContinues() throws Exception {
    stopAt(27);
    assertThat(iterationsDone()).isEqualTo(27);
    assertThat(in(folder).measurements(curve, 0).get().rowCount()).isEqualTo(2);
    assertThat(continuesToTheSameBytes().steps()).isEqualTo(60 - 27);
  }

  @Test
  void interruptedInTheMiddleOfAStepItIsSaved() throws Exception {
    Listener interrupting =
        new Listener() {
          @Override
          public boolean wantsSteps() {
            return true;
          }

          @Override
          public void step(Step step) {
            if (step.iteration() == 19) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThatThrownBy(() -> in(folder).train(curve, 0, interrupting))
        .isInstanceOf(InterruptedException.class);
    assertThat(iterationsDone()).isEqualTo(20);
    continuesToTheSameBytes();
  }

  @Test
  void onlyTheNewestStatesAreKeptAndThoseWhereRunsPart() throws Exception {
    // The exponential run of Figure 1 parts from the cosine's twin after period 1, from TEXP and
    // from that of Figure 4 after period 4.
    List<Integer> kept =
        Stream.of(1, 2, 3, 4, 5, 6)
            .filter(period -> Files.exists(file(undisturbed, curve, period, "state.bin")))
            .toList();
    assertThat(kept).containsExactly(1, 4, 6);
    assertThat(file(undisturbed, curve, 5, "checkpoint.bin")).doesNotExist();
  }

  @Test
  void aDamagedCheckpointIsPassedOverForTheOneBefore() throws Exception {
    stopAt(27);
    byte[] whole = Files.readAllBytes(file(3, "checkpoint.bin"));
    Files.write(file(3, "checkpoint.bin"), Arrays.copyOf(whole, whole.length / 2));
    assertThat(iterationsDone()).isEqualTo(27);
    Files.write(file(3, ".checkpoint.bin.999999999.new"), whole);
    assertThat(continuesToTheSameBytes().notices())
        .hasSize(1)
        .allSatisfy(notice -> assertThat(notice).contains("checkpoint.bin", "damaged"));
    assertThat(file(3, ".checkpoint.bin.999999999.new")).doesNotExist();
  }

  @Test
  void whereEveryCheckpointOfAPeriodIsDamagedItContinuesFromTheStateBefore() throws Exception {
    stopAt(27);
    for (String name : new String[] {"checkpoint.bin", "checkpoint.previous.bin"}) {
      damage(file(3, name));
    }
    assertThat(iterationsDone()).isEqualTo(20);
    assertThat(continuesToTheSameBytes().notices()).hasSize(2);
  }

  @Test
  void whereTheStateIsDamagedTooItContinuesFromAnEarlierOne() throws Exception {
    stopAt(30);
    for (String name : new String[] {"checkpoint.bin", "checkpoint.previous.bin"}) {
      Files.deleteIfExists(file(3, name));
    }
    stopAt(35);
    Files.delete(file(4, "checkpoint.bin"));
    Files.delete(file(4, "checkpoint.previous.bin"));
    damage(file(3, "state.bin"));
    assertThat(iterationsDone()).isEqualTo(20);
    StepCounter counter = continuesToTheSameBytes();
    assertThat(counter.steps()).isEqualTo(40);
    assertThat(counter.notices()).hasSize(1);
  }

  private static void damage(Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
  }

  @Test
  void aCheckpointOfALaterVersionIsNamedAndNotReplaced() throws Exception {
    stopAt(27);
    Path file = file(3, "checkpoint.bin");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer next = ByteBuffer.wrap(bytes);
    next.putInt(Integer.BYTES, 99);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Long.BYTES);
    next.putLong(bytes.length - Long.BYTES, checksum.getValue());
    Files.write(file, bytes);
    assertThatThrownBy(() -> in(folder).train(curve, 0, never()))
        .hasMessageStartingWith(file + " was written by a later version of this program");
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void aDoneRunIsNotTrainedAgain() throws Exception {
    StepCounter counter = never();
    assertThat(undisturbed.train(curve, 0, counter).rowCount()).isEqualTo(6);
    assertThat(counter.steps()).isZero();
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void runsThatAgreeAreTrainedOnceAndForkToTheBitsOfRunsThatWereNot(EngineName engine)
      throws Exception {
    Lab together = in(folder.resolve("together"), engine);
    for (List<Lab.Shown> pair :
        List.of(
            List.of(curve, Lab.shown(PaperFigure.FIGURE_4, Curve.EXPONENTIAL_DIVIDED)),
            List.of(curve, Lab.shown(PaperFigure.FIGURE_2, Curve.TEXP)),
            List.of(curve, Lab.shown(PaperFigure.FIGURE_3, Curve.TEXP_MINUS_MINUS)),
            List.of(
                Lab.shown(PaperFigure.FIGURE_2, Curve.STEP_DECAY),
                Lab.shown(PaperFigure.FIGURE_6, Curve.DECAY_PER_PHASE)))) {
      Lab.Shown first = pair.get(0);
      Lab.Shown second = pair.get(1);
      long iterations = together.planned(second, 0).rates().iterations();
      together.train(first, 0, new Listener() {});
      StepCounter counter = never();
      together.train(second, 0, counter);
      // Four of the periods, two epochs of 20 iterations, are there already.
      assertThat(counter.steps()).as(second.toString()).isEqualTo(iterations - 40);
      StepCounter all = never();
      Lab lonely = in(folder.resolve("alone-" + second.curve()), engine);
      lonely.train(second, 0, all);
      assertThat(all.steps()).isEqualTo(iterations);
      requireSameBytes(together, lonely, second);
    }
  }

  @Test
  void runsThatDifferFromTheStartShareNothing() {
    Lineage exponential = undisturbed.lineage(curve, 0);
    Lineage decay = undisturbed.lineage(Lab.shown(PaperFigure.FIGURE_1, Curve.WEIGHT_DECAY), 0);
    assertThat(exponential.sharedWith(decay)).isZero();
    assertThat(exponential.start()).isEqualTo(decay.start());
    assertThat(undisturbed.lineage(curve, 1).start()).isNotEqualTo(exponential.start());
    assertThat(undisturbed.withThreads(2).lineage(curve, 0).start())
        .isNotEqualTo(exponential.start());
  }

  @Test
  void twoThatTrainInOneStoreTrainEveryPeriodOnce() throws Exception {
    Lab.Shown divided = Lab.shown(PaperFigure.FIGURE_4, Curve.EXPONENTIAL_DIVIDED);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    try {
      List<StepCounter> counters = List.of(never(), never(), never());
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        StepCounter counter = counters.get(i);
        Lab.Shown which = i == 2 ? divided : curve;
        results.add(pool.submit(() -> in(folder).train(which, 0, counter)));
      }
      for (Future<?> result : results) {
        result.get(120, TimeUnit.SECONDS);
      }
      // 60 of one, and the last 20 of the other.
      assertThat(counters.stream().mapToLong(counter -> counter.steps()).sum()).isEqualTo(80);
    } finally {
      pool.shutdownNow();
    }
    requireSameBytes(in(folder), undisturbed, curve);
  }

  @Test
  void aRunInTrainingIsNotDiscarded() throws Exception {
    Listener discarding =
        new Listener() {
          @Override
          public void between(Run run, int steps) {
            try {
              in(folder).discard(PaperFigure.FIGURE_1);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        };
    assertThatThrownBy(() -> in(folder).train(curve, 0, discarding))
        .hasMessageContaining("another thread of this process trains in");
    continuesToTheSameBytes();
  }

  @Test
  void whatWasDiscardedIsTrainedAgain() throws Exception {
    stopAt(35);
    in(folder).discard(PaperFigure.FIGURE_1);
    assertThat(in(folder).measurements(curve, 0)).isEmpty();
    assertThat(continuesToTheSameBytes().steps()).isEqualTo(60);
  }

  @Test
  void stepsAreMeasuredOnceWhateverStopsTheRun() throws Exception {
    Lab other = in(folder.resolve("other"));
    other.run(curve, 0).train(6, true, never());
    assertThatThrownBy(() -> in(folder).run(curve, 0).train(6, true, new StepCounter(27)))
        .isInstanceOf(InterruptedException.class);
    in(folder).run(curve, 0).train(6, true, never());
    List<String> steps = in(folder).store().steps(in(folder).lineage(curve, 0));
    assertThat(steps).hasSize(61).isEqualTo(other.store().steps(other.lineage(curve, 0)));
    // A run whose steps were not measured is trained again where they are wanted.
    StepCounter counter = never();
    Lab without = in(folder.resolve("without"));
    without.train(curve, 0, never());
    without.run(curve, 0).train(6, true, counter);
    assertThat(counter.steps()).isEqualTo(60);
    assertThat(without.store().steps(without.lineage(curve, 0))).isEqualTo(steps);
  }

  private static long iterationsDone(Lab experiment, boolean withSteps) throws IOException {
    return experiment.run(curve, 0).iterationsDone(6, withSteps);
  }

  @Test
  void aTrainingContinuedWithoutStepsDoesNotCountHalfOfThemAsAll() throws Exception {
    assertThatThrownBy(() -> in(folder).run(curve, 0).train(6, true, new StepCounter(27)))
        .isInstanceOf(InterruptedException.class);
    assertThat(iterationsDone(in(folder), true)).isEqualTo(27);
    in(folder).train(curve, 0, never());
    Lineage lineage = in(folder).lineage(curve, 0);
    assertThat(in(folder).store().steps(lineage)).hasSize(1 + 20);
    assertThat(file(3, "steps.partial.csv")).doesNotExist();

    assertThat(iterationsDone(in(folder), false)).isEqualTo(60);
    // The states after the second period are gone; that after the first is kept for other runs.
    assertThat(iterationsDone(in(folder), true)).isEqualTo(10);
    in(folder).run(curve, 0).train(6, true, never());
    assertThat(in(folder).store().steps(lineage)).hasSize(1 + 60);
  }

  @Test
  void stepsThatAreMeasuredLaterCountWhenThePeriodIsThroughAndNotBefore() throws Exception {
    in(folder).train(curve, 0, never());
    assertThatThrownBy(() -> in(folder).run(curve, 0).train(6, true, new StepCounter(5)))
        .isInstanceOf(InterruptedException.class);
    assertThat(in(folder).store().steps(in(folder).lineage(curve, 0))).isEmpty();
    assertThat(iterationsDone(in(folder), true)).isEqualTo(5);
  }

  @Test
  void whereRowsOfStepsAreLostThePeriodBeginsAgain() throws Exception {
    assertThatThrownBy(() -> in(folder).run(curve, 0).train(6, true, new StepCounter(27)))
        .isInstanceOf(InterruptedException.class);
    Files.writeString(file(3, "steps.partial.csv"), "");
    StepCounter counter = never();
    in(folder).run(curve, 0).train(6, true, counter);
    assertThat(counter.steps()).isEqualTo(40);
    assertThat(counter.notices())
        .hasSize(1)
        .allSatisfy(
            notice ->
                assertThat(notice)
                    .contains("steps.partial.csv is damaged: it has lost or changed rows"));
    assertThat(in(folder).store().steps(in(folder).lineage(curve, 0))).hasSize(1 + 60);
  }

  @Test
  void stepsThatWereMeasuredLaterAreExportedBesideTheSameRun() throws Exception {
    Path exported = folder.resolve("exported");
    in(folder).train(curve, 0, never());
    in(folder).export(curve, 0, exported);
    assertThat(exported.resolve("steps.csv")).doesNotExist();
    in(folder).run(curve, 0).train(6, true, never());
    in(folder).export(curve, 0, exported);
    assertThat(Files.readAllLines(exported.resolve("steps.csv"))).hasSize(1 + 60);
  }

  @Test
  void howLongItTookIsKnownOfEveryStretch() throws Exception {
    stopAt(27);
    in(folder).train(curve, 0, never());
    Lineage lineage = in(folder).lineage(curve, 0);
    long images =
        in(folder).store().timings(lineage, notice -> {}).stream().mapToLong(Timing::images).sum();
    assertThat(images).isEqualTo(60L * in(folder).profile().batchSize());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "epoch", "a,b\n1,2\n", "\u00ff"})
  void aDamagedMeasurementIsNamedWithWhatToDo(String content) throws Exception {
    in(folder).train(curve, 0, never());
    Path file = file(3, "measurement.csv");
    Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> in(folder).measurements(curve, 0))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("Delete the folder " + file.getParent() + " and train the run again");
    // Who trains needs no advice.
    assertThat(continuesToTheSameBytes().notices())
        .hasSize(1)
        .allSatisfy(notice -> assertThat(notice).startsWith(file + " is damaged"));
    assertThat(in(folder).measurements(curve, 0).get().rowCount()).isEqualTo(6);
  }

  @Test
  void imagesNormalizedOtherwiseAreOtherRuns() {
    Lineage here = undisturbed.lineage(curve, 0);
    Normalization.Channel plain = new Normalization.Channel(0.5, 0.5);
    Dataset other =
        new Dataset(
            SAMPLE.source(),
            SAMPLE.train(),
            SAMPLE.test(),
            SAMPLE.classes(),
            new Normalization(plain, plain, plain));
    Lab normalized = undisturbed.on(other);
    assertThat(normalized.lineage(curve, 0).start()).isNotEqualTo(here.start());
  }

  @Test
  void aFolderWithAnotherRunIsLeftAlone() throws Exception {
    undisturbed.export(curve, 0, folder);
    undisturbed.requireSame(curve, 0, folder);
    Lab.Shown other = Lab.shown(PaperFigure.FIGURE_1, Curve.WEIGHT_DECAY);
    assertThatThrownBy(() -> undisturbed.requireSame(other, 0, folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(folder + " holds a run with another configuration")
        .hasMessageContaining("configuration.curve: wanted weight-decay, found exponential")
        .hasMessageContaining("move this folder away")
        // That would throw away what was trained of the run that is wanted.
        .hasMessageNotContaining("--force");
    assertThatThrownBy(() -> undisturbed.requireSame(curve, 1, folder))
        .hasMessageContaining("seed: wanted 1, found 0");
  }

  @Test
  void moreOfTheSameRunIsNotWrittenOver() throws Exception {
    undisturbed.export(curve, 0, folder);
    RunFolder exported = new RunFolder(folder);
    List<String> rows = undisturbed.store().rows(undisturbed.lineage(curve, 0));
    exported.write(undisturbed.manifest(curve, 0), rows.subList(0, 4), List.of());
    assertThat(exported.measurements().get().rowCount()).isEqualTo(6);
    exported.write(undisturbed.manifest(curve, 1), rows.subList(0, 4), List.of());
    assertThat(exported.measurements().get().rowCount()).isEqualTo(3);
  }

  @Test
  void stepsOfAnotherRunAreNotLeftBesideARunWithoutSteps() throws Exception {
    RunFolder exported = new RunFolder(folder);
    List<String> rows = undisturbed.store().rows(undisturbed.lineage(curve, 0));
    List<String> steps = List.of("iteration", "0");
    exported.write(undisturbed.manifest(curve, 0), rows.subList(0, 4), steps);
    exported.write(undisturbed.manifest(curve, 0), rows, List.of());
    assertThat(folder.resolve("steps.csv")).content().isEqualTo("iteration\n0\n");
    exported.write(undisturbed.manifest(curve, 1), rows, List.of());
    assertThat(folder.resolve("steps.csv")).doesNotExist();
  }

  @Test
  void aRunIsExportedForPeopleToRead() throws Exception {
    undisturbed.export(curve, 0, folder);
    RunFolder exported = new RunFolder(folder);
    assertThat(exported.measurements().get().rowCount()).isEqualTo(6);
    assertThat(exported.manifest().get().provenance().finished()).isPresent();
    assertThat(exported.manifest().get().configuration().get("curve")).isEqualTo("exponential");
  }
}
