package explr.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;

class MeasurementLogTest {

  private static final List<Column> COLUMNS = Column.perPeriod(List.of("block2.conv1"));
  private static final Column ANGLE = Column.angle("block2.conv1");

  @TempDir Path folder;

  @Test
  void rowsComeBackWithTheirTypesAndTheVeryDoubles() throws IOException {
    Path file = folder.resolve("measurements.csv");
    double[] losses = new SplittableRandom(1).doubles(50).toArray();
    try (MeasurementLog log = MeasurementLog.open(file, COLUMNS)) {
      for (int epoch = 1; epoch <= losses.length; epoch++) {
        log.append(row(epoch, losses[epoch - 1]));
      }
    }

    Table table = MeasurementLog.read(file);

    assertThat(table.columnNames()).isEqualTo(COLUMNS.stream().map(Column::name).toList());
    assertThat(table.column("epoch").type()).isEqualTo(ColumnType.DOUBLE);
    assertThat(table.column("iteration").type()).isEqualTo(ColumnType.LONG);
    assertThat(table.doubleColumn("train_loss").asDoubleArray()).isEqualTo(losses);
  }

  @Test
  void whatWasNotMeasuredIsEmptyAndWhatIsNotANumberSaysSo() throws IOException {
    Path file = folder.resolve("measurements.csv");
    try (MeasurementLog log =
        MeasurementLog.open(file, List.of(Column.EPOCH, Column.LOSS, ANGLE))) {
      log.append(Map.of(Column.EPOCH, 1, Column.LOSS, Double.NaN));
      log.append(Map.of(Column.EPOCH, 2, Column.LOSS, Double.NEGATIVE_INFINITY, ANGLE, 0.5));
    }

    assertThat(Files.readString(file))
        .isEqualTo("epoch,loss,angle[block2.conv1]\n1.0,NaN,\n2.0,-Infinity,0.5\n");
    assertThat(MeasurementLog.read(file).column(ANGLE.name()).isMissing(0)).isTrue();
  }

  @Test
  void aTableIsReadableWhileItIsWritten() throws IOException {
    Path file = folder.resolve("measurements.csv");
    try (MeasurementLog log = MeasurementLog.open(file, COLUMNS)) {
      assertThat(MeasurementLog.read(file).rowCount()).isZero();
      log.append(row(1, 2.5));
      assertThat(MeasurementLog.read(file).rowCount()).isEqualTo(1);
    }
  }

  @Test
  void halfALineIsIgnoredByReadersAndCutWhenTheTableIsOpenedAgain() throws IOException {
    Path file = folder.resolve("measurements.csv");
    try (MeasurementLog log = MeasurementLog.open(file, COLUMNS)) {
      log.append(row(1, 2.5));
    }
    String whole = Files.readString(file);
    Files.writeString(file, "2,782,1.0", StandardOpenOption.APPEND);

    assertThat(MeasurementLog.read(file).rowCount()).isEqualTo(1);
    MeasurementLog.open(file, COLUMNS).close();
    assertThat(file).hasContent(whole);
  }

  @Test
  void aResumedTableHasTheBytesOfAnUndisturbedOne() throws IOException {
    Path undisturbed = folder.resolve("undisturbed.csv");
    Path disturbed = folder.resolve("disturbed.csv");
    try (MeasurementLog log = MeasurementLog.open(undisturbed, COLUMNS)) {
      for (int epoch = 1; epoch <= 4; epoch++) {
        log.append(row(epoch, 1.0 / epoch));
      }
    }
    MeasurementLog.Mark checkpoint;
    try (MeasurementLog log = MeasurementLog.open(disturbed, COLUMNS)) {
      log.append(row(1, 1.0));
      log.append(row(2, 0.5));
      log.force();
      checkpoint = log.mark();
      log.append(row(3, 777));
    }
    Files.writeString(disturbed, "4,half", StandardOpenOption.APPEND);
    try (MeasurementLog log = MeasurementLog.resume(disturbed, COLUMNS, checkpoint)) {
      log.append(row(3, 1.0 / 3));
      log.append(row(4, 0.25));
    }

    assertThat(disturbed).hasSameBinaryContentAs(undisturbed);
  }

  @Test
  void aTableShorterThanItsCheckpointSaysIsRefused() throws IOException {
    Path file = folder.resolve("measurements.csv");
    MeasurementLog.open(file, COLUMNS).close();

    assertThat(MeasurementLog.markAt(file, 10_000)).isEmpty();
    assertThatIOException()
        .isThrownBy(
            () -> MeasurementLog.resume(file, COLUMNS, new MeasurementLog.Mark(10_000, "00")))
        .withMessageContaining(file + " does not hold the 10000 bytes");
  }

  @Test
  void rowsThatWereChangedBeforeTheCheckpointAreRefusedAndThoseAfterItAreNot() throws IOException {
    Path file = folder.resolve("measurements.csv");
    MeasurementLog.Mark mark;
    try (MeasurementLog log = MeasurementLog.open(file, COLUMNS)) {
      log.append(row(1, 1.5));
      mark = log.mark();
      log.append(row(2, 2.5));
    }
    String whole = Files.readString(file);
    assertThat(whole).contains("1.5", "2.5");

    Files.writeString(file, whole.replace("2.5", "2.6"));
    MeasurementLog.resume(file, COLUMNS, mark).close();
    assertThat(file).content().doesNotContain("2.6");

    Files.writeString(file, whole.replace("1.5", "1.6"));
    assertThatIOException()
        .isThrownBy(() -> MeasurementLog.resume(file, COLUMNS, mark))
        .withMessageContaining("rows were lost or changed");
  }

  @Test
  void theMarkIsOfWhatWasWrittenWhateverTheDiskMakesOfIt() throws IOException {
    Path file = folder.resolve("measurements.csv");
    try (MeasurementLog log = MeasurementLog.open(file, COLUMNS)) {
      log.append(row(1, 1.5));
      assertThat(MeasurementLog.markAt(file, log.mark().length())).hasValue(log.mark());
      Files.writeString(file, Files.readString(file).replace("1.5", "1.6"));
      assertThat(MeasurementLog.markAt(file, log.mark().length())).isNotEqualTo(log.mark());
    }
  }

  @Test
  void aLengthInsideARowIsRefused() throws IOException {
    Path file = folder.resolve("measurements.csv");
    MeasurementLog.open(file, COLUMNS).close();

    for (int length : new int[] {7, 0}) {
      MeasurementLog.Mark inside = MeasurementLog.markAt(file, length).orElseThrow();
      assertThatIOException()
          .isThrownBy(() -> MeasurementLog.resume(file, COLUMNS, inside))
          .withMessageContaining("no row ends at byte " + length);
    }
  }

  @Test
  void aTableOfOtherColumnsIsRefusedAndLeftAsItWas() throws IOException {
    Path file = folder.resolve("measurements.csv");
    Files.writeString(file, "epoch,loss\n1,2.0\n");

    assertThatIOException()
        .isThrownBy(() -> MeasurementLog.open(file, COLUMNS))
        .withMessageContaining("epoch,loss")
        .withMessageContaining("another run");
    assertThat(file).hasContent("epoch,loss\n1,2.0\n");
  }

  @Test
  void aDamagedRowIsNamedByItsLine() throws IOException {
    Path file = folder.resolve("measurements.csv");
    Files.writeString(file, "epoch,loss\n1,2.0\n2,x\n");

    assertThatIOException()
        .isThrownBy(() -> MeasurementLog.read(file))
        .withMessageContaining("line 3");
  }

  @Test
  void aColumnThatTheTableHasNotIsRefused() throws IOException {
    try (MeasurementLog log = MeasurementLog.open(folder.resolve("a.csv"), COLUMNS)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(Map.of(Column.LOSS, 1.0)))
          .withMessageContaining("no column 'loss'");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> log.append(Map.of(Column.ITERATION, 1.5)))
          .withMessageContaining("whole numbers, not 1.5");
    }
  }

  @Test
  void aFullDiskIsNamedAndKeepsTheRowsThatWereWritten() throws Exception {
    Path shell = Path.of("/bin/sh");
    assumeThat(shell).as("a shell, to limit the size of files").isExecutable();
    Path file = folder.resolve("measurements.csv");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // A limit of 8 blocks of 512 bytes (or 1024, as the shell likes) fails a write as a full disk
    // does.
    Process child =
        new ProcessBuilder(
                shell.toString(),
                "-c",
                "ulimit -f 8; exec \"$@\"",
                "sh",
                java.toString(),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                FillsItsDisk.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);
    child.waitFor();

    assertThat(said).contains("cannot write the measurements " + file).contains("are kept");
    int rows = Integer.parseInt(said.substring(said.indexOf("rows: ") + 6).strip());
    assertThat(rows).isGreaterThan(10);
    assertThat(MeasurementLog.read(file).rowCount()).isEqualTo(rows);
    assertThat(Files.readString(file)).endsWith("\n");
  }

  /** Appends until it cannot, in a separate process. */
  static final class FillsItsDisk {
    public static void main(String[] file) throws IOException {
      int rows = 0;
      try (MeasurementLog log = MeasurementLog.open(Path.of(file[0]), COLUMNS)) {
        for (; rows < 10_000; rows++) {
          log.append(row(rows + 1, 1.0 / (rows + 1)));
        }
      } catch (IOException e) {
        System.out.println(e.getMessage());
      }
      System.out.println("rows: " + rows);
    }
  }

  private static Map<Column, Number> row(int epoch, double loss) {
    return Map.of(
        Column.EPOCH, epoch, Column.ITERATION, 391L * epoch, Column.TRAIN_LOSS, loss, ANGLE, 0.25);
  }
}
