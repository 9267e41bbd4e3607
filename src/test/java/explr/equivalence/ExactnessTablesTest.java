package explr.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExactnessTablesTest {

  private static final Path RECORDED = Path.of("notebooks/recorded/exactness");

  @TempDir private Path folder;

  @Test
  void theRecordedFilesAreWrittenBackToTheSameBytes() throws IOException {
    Path steps = folder.resolve("lock-step.csv");
    Exactness report = ExactnessTables.readExactness(RECORDED.resolve("lock-step.csv"));
    ExactnessTables.write(ExactnessTables.of(report), steps);
    assertThat(steps).hasSameBinaryContentAs(RECORDED.resolve("lock-step.csv"));
    Path chaos = folder.resolve("chaos.csv");
    ChaosFloor floor = ExactnessTables.readChaos(RECORDED.resolve("chaos.csv"));
    ExactnessTables.write(ExactnessTables.of(floor), chaos);
    assertThat(chaos).hasSameBinaryContentAs(RECORDED.resolve("chaos.csv"));
  }

  @Test
  void refusesADamagedFileWithItsLine() throws IOException {
    String text = Files.readString(RECORDED.resolve("lock-step.csv"));
    Path file = folder.resolve("lock-step.csv");
    Files.writeString(file, text.replaceFirst("EXACT,", "INEXACT,"));
    assertThatThrownBy(() -> ExactnessTables.readExactness(file))
        .hasMessageContaining(file + ", line 2: there is no setting 'INEXACT'; there are [EXACT");
    Files.writeString(file, text.replaceFirst("TEXP\\+\\+,0,0.0,", "TEXP++,0,zero,"));
    assertThatThrownBy(() -> ExactnessTables.readExactness(file))
        .hasMessageContaining(file + ", line 2: 'zero' in column 'logits' is not a number");
  }
}
