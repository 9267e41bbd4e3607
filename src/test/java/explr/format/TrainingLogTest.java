package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as TensorBoard 2.21, Lightning 2.6 and Weights &amp; Biases write them. */
class TrainingLogTest {

  /** From its server, {@code scalars?tag=lr-SGD&run=…&format=csv}; lines end in CR LF. */
  private static final String TENSORBOARD =
      "Wall time,Step,Value\r\n"
          + "1795751725.3370514,0,0.10000000149011612\r\n"
          + "1795751725.3491595,1,0.09984586387872696\r\n"
          + "1795751725.3520386,2,0.09938441962003708\r\n";

  /** CSVLogger with log_every_n_steps = 5 and a LearningRateMonitor that logs the momentum. */
  private static final String LIGHTNING =
      """
      epoch,lr-SGD,lr-SGD-momentum,step,train_loss
      ,0.09755282581475767,0.9,4,
      0,,,4,0.18868187069892883
      ,0.08802029828000155,0.9,9,
      0,,,9,0.6497912406921387
      """;

  /** An export of a chart over trainer/global_step. */
  private static final String CHART =
      """
      "trainer/global_step","glad-sun-1 - _step","glad-sun-1 - _step__MIN","glad-sun-1 - _step__MAX","glad-sun-1 - train/lr","glad-sun-1 - train/lr__MIN","glad-sun-1 - train/lr__MAX"
      "0","1","1","1","0.1","0.1","0.1"
      "1","3","3","3","0.05","0.05","0.05"
      """;

  /** {@code run.history().to_csv("history.csv")}. */
  private static final String HISTORY =
      """
      ,_step,_runtime,_timestamp,train/loss,learning_rate
      0,0,1.5,1795751725.33,2.3,0.1
      1,1,2.5,1795751726.33,,0.05
      """;

  @TempDir private Path folder;

  private TrainingLog log(String csv) throws IOException {
    return TrainingLog.of(file(csv), Optional.empty(), Optional.empty());
  }

  private Path file(String csv) throws IOException {
    return Files.writeString(folder.resolve("run.csv"), csv);
  }

  private static LoggedColumn.Log read(TrainingLog log) throws IOException {
    return log.read(Optional.empty(), OptionalDouble.empty());
  }

  @Test
  void readsAnExportOfTensorBoard() throws IOException {
    LoggedColumn.Log read = read(log(TENSORBOARD));
    assertThat(read.lastStep()).isEqualTo(2);
    assertThat(read.table().values()).startsWith(0.10000000149011612, 0.09984586387872696);
  }

  @Test
  void readsTheFileOfLightning() throws IOException {
    TrainingLog log = log(LIGHTNING);
    assertThat(log.column()).isEqualTo("lr-SGD");
    assertThat(log.step()).isEqualTo("step");
    assertThatThrownBy(() -> read(log))
        .hasMessageContaining("run.csv, line 2: the first row is of step 4")
        .hasMessageContaining("--first with --from-log");
    LoggedColumn.Log read = log.read(Optional.of(Between.HOLD), OptionalDouble.of(0.1));
    assertThat(read.lastStep()).isEqualTo(9);
    assertThat(read.table().at(3)).isEqualTo(0.1);
    assertThat(read.table().at(8)).isEqualTo(0.09755282581475767);
    assertThat(read.table().at(9)).isEqualTo(0.08802029828000155);
  }

  @Test
  void readsAChartOfWeightsAndBiases() throws IOException {
    TrainingLog log = log(CHART);
    assertThat(log.column()).isEqualTo("glad-sun-1 - train/lr");
    assertThat(log.step()).isEqualTo("trainer/global_step");
    assertThat(read(log).table().values()).startsWith(0.1, 0.05);
  }

  @Test
  void readsAHistoryOfWeightsAndBiases() throws IOException {
    TrainingLog log = log(HISTORY);
    assertThat(log.column()).isEqualTo("learning_rate");
    assertThat(log.step()).isEqualTo("_step");
    assertThat(read(log).table().values()).startsWith(0.1, 0.05);
  }

  @Test
  void readsTheStepsOfARunWhereAChartIsOverAnotherAxis() throws IOException {
    assertThat(log("epoch,a - _step,a - lr\n0,0,0.1\n").step()).isEqualTo("a - _step");
  }

  @Test
  void refusesAMean() throws IOException {
    TrainingLog mean =
        log(CHART.replace("\"0.05\",\"0.05\",\"0.05\"", "\"0.05\",\"0.02\",\"0.08\""));
    assertThatThrownBy(() -> read(mean))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "run.csv, line 3: the value in 'glad-sun-1 - train/lr' is a mean of values from 0.02 to 0.08");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lr,learning_rate,step        | several columns may hold the learning rate: [lr, learning_rate]; choose one with --column
          lr-SGD/pg1,lr-SGD/pg2,step   | several columns may hold the learning rate: [lr-SGD/pg1, lr-SGD/pg2]
          Step,a - lr,b - lr           | several columns may hold the learning rate: [a - lr, b - lr]
          step,loss,color,lrelu        | no column's name suggests that it holds the learning rate; name the column with --column. The columns are [step, loss
          _step,trainer/global_step,lr | several columns may hold the iterations: [_step, trainer/global_step]; choose one with --step
          epoch,lr                     | no column's name suggests that it holds the iterations; name the column with --step. The columns are [epoch, lr]
          """)
  void refusesColumnsThatAreMissingOrAmbiguous(String header, String message) {
    assertThatThrownBy(() -> log(header + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run.csv: " + message);
  }

  @Test
  void takesTheColumnsThatAreNamed() throws IOException {
    Path csv = file("lr,learning_rate,_step,global_step\n1,2,7,0\n");
    TrainingLog log = TrainingLog.of(csv, Optional.of("learning_rate"), Optional.of("global_step"));
    assertThat(read(log).table().values()).containsExactly(2.0);
    assertThatThrownBy(() -> TrainingLog.of(csv, Optional.of("rate"), Optional.empty()))
        .hasMessageContaining(
            "has no column 'rate'; it has [lr, learning_rate, _step, global_step]");
  }

  @Test
  void refusesTheRowsOfAResumedRun() throws IOException {
    TrainingLog log = log("step,lr\n0,0.1\n1,0.1\n1,0.2\n");
    assertThatThrownBy(() -> read(log))
        .hasMessageContaining("run.csv, line 4: step 1 follows 1 of line 3; steps must ascend");
  }
}
