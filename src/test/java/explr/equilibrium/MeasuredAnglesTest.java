package explr.equilibrium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import explr.engine.EngineName;
import explr.engine.Precision;
import explr.equilibrium.MeasuredAngles.Window;
import explr.network.FullyConnected;
import explr.network.NormLayer;
import explr.statistics.Distance;
import explr.theory.Equilibrium;
import explr.training.Learner;
import explr.training.Task;
import explr.training.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasuredAnglesTest {

  private static final String WEIGHTS = "stage2.block1.conv1";

  private static final Path RECORDED = Path.of("notebooks/recorded/equilibrium/angles.csv");

  @TempDir private Path folder;

  private static Task task() {
    return Tasks.small(EngineName.MXNET, Precision.FLOAT32);
  }

  @Test
  void anAngleIsThatBetweenTheWeightsBeforeAndAfterAStep() throws InterruptedException {
    Setting adamW = Setting.named("AdamW");
    MeasuredAngles measured = MeasuredAngles.of(task(), List.of(adamW), List.of(0L), 2, 1);
    Task seeded = task().with(adamW.optimizer()).withSeed(0);
    try (Learner learner = seeded.learner()) {
      for (int t = 0; t < 2; t++) {
        double[] before = learner.weight(WEIGHTS);
        learner.step(adamW.recipe(2), seeded.trainingBatches().at(t)).close();
        double[] after = learner.weight(WEIGHTS);
        Window window = window(measured, t + 1);
        assertThat(2 * Math.sin(window.angle() / 2))
            .isCloseTo(Distance.ofDirections(before, after), within(1e-12));
        assertThat(window.norm())
            .isCloseTo(Distance.between(after, new double[after.length]), within(1e-12));
        assertThat(window.scaledAngle()).isNotEqualTo(window.angle()).isBetween(0.001, 1.0);
      }
    }
  }

  private static Window window(MeasuredAngles measured, long iteration) {
    return measured.windows().stream()
        .filter(w -> w.weights().equals(WEIGHTS) && w.iteration() == iteration)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aWindowIsTheRootMeanSquareOfItsSteps() throws InterruptedException {
    List<Setting> lion = List.of(Setting.named("Lion"));
    MeasuredAngles steps = MeasuredAngles.of(task(), lion, List.of(1L), 4, 1);
    MeasuredAngles pairs = MeasuredAngles.of(task(), lion, List.of(1L), 4, 2);
    double third = window(steps, 3).angle();
    double fourth = window(steps, 4).angle();
    assertThat(window(pairs, 4).angle())
        .isCloseTo(Math.sqrt((third * third + fourth * fourth) / 2), within(1e-12));
    assertThat(window(pairs, 4).scaledAngle()).isNaN();
    assertThat(pairs.iterations()).containsExactly(2, 4);
  }

  @Test
  void windowsThatBeginBeforeTheSettlingAreLeftOut() {
    Setting lion = Setting.named("Lion");
    MeasuredAngles measured =
        new MeasuredAngles(
            List.of(
                new Window("Lion", 0, "a", 10, 9, Double.NaN, 1),
                new Window("Lion", 0, "b", 10, 9, Double.NaN, 1),
                new Window("Lion", 0, "a", 20, 3, Double.NaN, 1),
                new Window("Lion", 0, "b", 20, 1, Double.NaN, 1),
                new Window("Lion", 0, "a", 30, 4, Double.NaN, 1),
                new Window("Lion", 0, "b", 30, 1, Double.NaN, 1)));
    assertThat(measured.after(lion, Window::angle, 10).high())
        .isCloseTo(Math.sqrt(12.5), within(1e-12));
    assertThat(measured.after(lion, Window::angle, 10).low()).isEqualTo(1);
    assertThat(measured.after(lion, Window::angle, 1).high())
        .isCloseTo(Math.sqrt(12.5), within(1e-12));
    assertThat(measured.after(lion, Window::angle, 0).high()).isGreaterThan(5);
    assertThat(measured.at(lion, 30).median()).isEqualTo(2.5);
  }

  @Test
  void aFileIsReadAsItWasWritten() throws IOException, InterruptedException {
    Path file = folder.resolve("angles.csv");
    MeasuredAngles measured =
        MeasuredAngles.of(
            task(), List.of(Setting.named("AdamW"), Setting.named("Muon")), List.of(0L), 2, 1);
    EquilibriumTables.write(measured, file);
    assertThat(EquilibriumTables.read(file)).isEqualTo(measured);
    assertThat(EquilibriumTables.summary(measured, 0).stringColumn("optimizer").asList())
        .containsExactly("AdamW", "AdamW, weights times v^¼", "Muon");
    Files.writeString(file, Files.readString(file).replaceFirst("\nAdamW,", "\nAdam,"));
    assertThatThrownBy(() -> EquilibriumTables.read(file))
        .hasMessageContaining("line 2: there is no setting 'Adam'; there are [SGD");
  }

  @Test
  void theRecordedAnglesFollowThePredictionsAndNoOthers() throws IOException {
    MeasuredAngles recorded = EquilibriumTables.read(RECORDED);
    Path copy = folder.resolve("angles.csv");
    EquilibriumTables.write(recorded, copy);
    assertThat(copy).hasSameBinaryContentAs(RECORDED);
    assertThat(recorded.settings()).isEqualTo(Setting.ALL);
    for (String name : List.of("SGD, decay in the gradient", "SGDW", "AdamW")) {
      assertThat(recorded.overPredicted(Setting.named(name), 400)).isBetween(0.98, 1.02);
    }
    for (String name : List.of("Lion", "signSGD", "Muon")) {
      assertThat(recorded.overPredicted(Setting.named(name), 400)).isBetween(0.85, 1.1);
    }
    // Without the correlation of steps, and with Theorem C.2, AdamW's angle is wrong.
    Setting adamW = Setting.named("AdamW");
    double measured = recorded.after(adamW, Window::angle, 400).high();
    assertThat(measured / Math.sqrt(2 * 0.01)).isLessThan(0.3);
    assertThat(measured / new Equilibrium(0.01, 1, 0.9).anglePerStep()).isLessThan(0.4);
    assertThat(EquilibriumFigure.angles(recorded, "PreResNet-20", 400).caption())
        .isEqualTo(
            "Measured over predicted: SGD, decay in the gradient 1.01; SGDW 1.01; AdamW 1.01;"
                + " Lion 0.93; signSGD 0.87; Muon 1.08.");
    assertThat(EquilibriumFigure.approach(recorded, "PreResNet-20").data()).hasSize(7);
  }

  @Test
  void settingsRememberAHundredSteps() {
    for (Setting setting : Setting.ALL) {
      assertThat(setting.theory().memory()).isCloseTo(100, within(1e-9));
    }
  }

  @Test
  void networksAndWindowsThatCannotBeMeasuredAreRefused() {
    Task dense = task().with(FullyConnected.of(2, 8, NormLayer.batch()));
    assertThatThrownBy(() -> MeasuredAngles.of(dense, Setting.ALL, List.of(0L), 2, 1))
        .hasMessageContaining("choose a PreResNet");
    assertThatThrownBy(() -> MeasuredAngles.of(task(), Setting.ALL, List.of(0L), 2, 3))
        .hasMessageContaining("1 to 2 steps, not 3");
  }
}
