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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
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
