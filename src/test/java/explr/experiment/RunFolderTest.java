package explr.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.conversion.ExpLr;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.training.Listener;
import explr.training.Run;
import explr.training.Step;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  private static final String[] RESULT = {"measurements.csv", "checkpoint.bin"};

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Experiment undisturbed;
  private static Curve curve;

  private static final Dataset SAMPLE = EmbeddedSample.load();

  private static Experiment in(Path folder) throws URISyntaxException {
    Path tiny = Path.of(RunFolderTest.class.getResource("tiny.json").toURI());
    return new Experiment(
        Profile.of(tiny.toString()),
        SAMPLE,
        new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1),
        folder,
        Duration.ZERO,
        Optional.empty());
  }

  @BeforeAll
  static void trainUndisturbed() throws Exception {
    undisturbed = in(shared);
    curve = Curve.figure1(undisturbed.profile()).get(1);
    undisturbed.train(curve, 0, new Listener() {});
  }

  private Path file(Path in, String name) {
    return in.resolve(curve.name() + "-seed-0").resolve(name);
  }

  private void stopAt(long iteration) throws Exception {
    Listener interrupting =
        new Listener() {
          @Override
          public void between(Run run) {
            if (run.iteration() == iteration) {
              Thread.currentThread().interrupt();
            }
          }
        };
    assertThatThrownBy(() -> in(folder).train(curve, 0, interrupting))
        .isInstanceOf(InterruptedException.class);
  }

  private void goesOnToTheSameBytes() throws Exception {
    in(folder).train(curve, 0, new Listener() {});
    for (String name : RESULT) {
      assertThat(Files.readAllBytes(file(folder, name)))
          .as(name)
          .isEqualTo(Files.readAllBytes(file(shared, name)));
    }
  }

  @Test
  void stoppedInTheMiddleOfAnEpochItGoesOn() throws Exception {
    stopAt(27);
    assertThat(in(folder).run(curve, 0).iterationsDone()).isEqualTo(27);
    assertThat(in(folder).measurements(curve, 0).get().rowCount()).isEqualTo(1);
    goesOnToTheSameBytes();
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
    assertThat(in(folder).run(curve, 0).iterationsDone()).isEqualTo(20);
    goesOnToTheSameBytes();
  }

  @Test
  void rowsWrittenAfterTheLastCheckpointAreCut() throws Exception {
    stopAt(27);
    Files.writeString(
        file(folder, "measurements.csv"),
        "2,40,1.0,0.5,1.0,0.5,-1.0,0.3",
        StandardOpenOption.APPEND);
    goesOnToTheSameBytes();
  }

  @Test
  void aDamagedCheckpointIsPassedOverForTheOneBefore() throws Exception {
    stopAt(27);
    byte[] half = Files.readAllBytes(file(folder, "checkpoint.bin"));
    Files.write(file(folder, "checkpoint.bin"), Arrays.copyOf(half, half.length / 2));
    assertThat(in(folder).run(curve, 0).iterationsDone()).isEqualTo(27);
    Files.write(file(folder, ".checkpoint.bin.1.new"), half);
    goesOnToTheSameBytes();
    assertThat(file(folder, ".checkpoint.bin.1.new")).doesNotExist();
  }

  @Test
  void whereEveryCheckpointIsDamagedItSaysSoAndLeavesTheRunAlone() throws Exception {
    stopAt(27);
    for (String name : new String[] {"checkpoint.bin", "checkpoint.previous.bin"}) {
      byte[] whole = Files.readAllBytes(file(folder, name));
      whole[whole.length / 2] ^= 1;
      Files.write(file(folder, name), whole);
    }
    byte[] rows = Files.readAllBytes(file(folder, "measurements.csv"));
    assertThatThrownBy(() -> in(folder).train(curve, 0, new Listener() {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("checkpoint.bin: the checkpoint is damaged")
        .hasMessageContaining("checkpoint.previous.bin: the checkpoint is damaged")
        .hasMessageContaining("--force");
    assertThat(file(folder, "measurements.csv")).hasBinaryContent(rows);
    in(folder).run(curve, 0).discard();
    goesOnToTheSameBytes();
  }

  @Test
  void aCheckpointOfAnotherVersionIsNotTakenForDamaged() throws Exception {
    stopAt(27);
    byte[] bytes = Files.readAllBytes(file(folder, "checkpoint.bin"));
    ByteBuffer next = ByteBuffer.wrap(bytes);
    next.putInt(Integer.BYTES, 99);
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length - Long.BYTES);
    next.putLong(bytes.length - Long.BYTES, checksum.getValue());
    Files.write(file(folder, "checkpoint.bin"), bytes);
    assertThatThrownBy(() -> in(folder).run(curve, 0).iterationsDone())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another version of explr")
        .hasMessageContaining("version 99")
        .hasMessageContaining("--force")
        .hasMessageNotContaining("damaged");
  }

  @Test
  void withoutAnyCheckpointItStartsAgain() throws Exception {
    stopAt(27);
    Files.delete(file(folder, "checkpoint.bin"));
    Files.delete(file(folder, "checkpoint.previous.bin"));
    goesOnToTheSameBytes();
  }

  @Test
  void aDoneRunIsNotTrainedAgain() throws Exception {
    Listener refusing =
        new Listener() {
          @Override
          public void between(Run run) {
            throw new AssertionError("trained again");
          }
        };
    assertThat(undisturbed.train(curve, 0, refusing).rowCount()).isEqualTo(3);
    assertThat(undisturbed.run(curve, 0).finished()).isTrue();
  }

  @Test
  void anotherConfigurationsRunIsLeftAlone() throws Exception {
    stopAt(3);
    Experiment other = in(folder);
    Curve changed =
        new Curve(
            curve.name(),
            curve.title(),
            ExpLr.of(0.1, 4e-3, 0.9, 60),
            java.util.Map.of("weight_decay", 4e-3));
    assertThatThrownBy(() -> other.train(changed, 0, new Listener() {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another configuration")
        .hasMessageContaining("weight_decay: wanted 0.004, found nothing");
    goesOnToTheSameBytes();
  }

  @Test
  void aRunOfAnotherConfigurationIsNamedByItsOwnFolder() throws Exception {
    stopAt(3);
    Curve changed =
        new Curve(curve.name(), curve.title(), curve.rates(), java.util.Map.of("changed", true));
    assertThatThrownBy(() -> in(folder).requireSameConfiguration(changed, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(folder.resolve(curve.name() + "-seed-0") + " holds");
  }

  @Test
  void aRunInTrainingIsNotDiscarded() throws Exception {
    Listener discarding =
        new Listener() {
          @Override
          public void between(Run run) {
            try {
              in(folder).run(curve, 0).discard();
            } catch (IOException | InterruptedException | URISyntaxException e) {
              throw new AssertionError(e);
            }
          }
        };
    assertThatThrownBy(() -> in(folder).train(curve, 0, discarding))
        .hasMessageContaining("another process trains in");
    assertThat(file(folder, "manifest.json")).exists();
  }

  @Test
  void whatNeverBeganIsDiscardedWithoutATrace() throws Exception {
    in(folder).run(curve, 0).discard();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void twoProcessesDoNotTrainInOneFolder() throws Exception {
    Listener nested =
        new Listener() {
          @Override
          public void between(Run run) {
            try {
              in(folder).train(curve, 0, new Listener() {});
            } catch (IOException | InterruptedException | URISyntaxException e) {
              throw new AssertionError(e);
            }
          }
        };
    assertThatThrownBy(() -> in(folder).train(curve, 0, nested))
        .hasMessageContaining("another process trains in");
  }
}
