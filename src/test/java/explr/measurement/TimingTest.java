package explr.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingTest {

  @TempDir Path folder;

  @Test
  void linesComeBackAlsoAroundOneThatAKillCutShort() throws IOException {
    Path file = folder.resolve("timing.jsonl");
    assertThat(Timing.read(file)).isEmpty();
    Timing first = new Timing(1, 5_000, 2.5, "2026-11-22T10:00:02.5Z", "abc");
    Timing second = new Timing(2, 5_000, 2, "2026-11-22T10:00:05Z", null);
    first.appendTo(file);
    Files.writeString(file, "{\"period\":2,\"ima", StandardOpenOption.APPEND);
    assertThat(Timing.read(file)).containsExactly(first);
    second.appendTo(file);

    assertThat(Timing.read(file)).containsExactly(first, second);
    assertThat(first.began()).isEqualTo("2026-11-22T10:00:00Z");
  }

  @Test
  void aTimeThatIsNotPositiveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timing(1, 100, 0, "2026-11-22T10:00:00Z", null))
        .withMessageContaining("0.0 s");
  }
}
