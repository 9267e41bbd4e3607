package explr.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

class TimingTest {

  @TempDir Path folder;

  @Test
  void linesComeBackAlsoAroundOneThatAKillCutShort() throws IOException {
    Path file = folder.resolve("timing.jsonl");
    assertThat(Timing.read(file)).isEmpty();
    Timing first = new Timing(1, 5_000, 2.5);
    Timing second = new Timing(2, 5_000, 2);
    first.appendTo(file);
    Files.writeString(file, "{\"epoch\":2,\"ima", StandardOpenOption.APPEND);
    assertThat(Timing.read(file)).containsExactly(first);
    second.appendTo(file);

    assertThat(Timing.read(file)).containsExactly(first, second);
  }

  @Test
  void anEpochInTwoStretchesCountsAllItsImagesAndSeconds() {
    Table epochs = Table.create(IntColumn.create("epoch", 1, 2, 3));

    Table joined =
        Timing.join(
            epochs, List.of(new Timing(1, 100, 1), new Timing(2, 30, 1), new Timing(2, 70, 3)));

    var rate = joined.doubleColumn(Column.IMAGES_PER_SECOND.name());
    assertThat(rate.getDouble(0)).isEqualTo(100);
    assertThat(rate.getDouble(1)).isEqualTo(25);
    assertThat(rate.isMissing(2)).isTrue();
    assertThat(epochs.columnCount()).as("the table that was given").isEqualTo(1);
  }

  @Test
  void aTimeThatIsNotPositiveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timing(1, 100, 0))
        .withMessageContaining("0.0 s");
  }
}
