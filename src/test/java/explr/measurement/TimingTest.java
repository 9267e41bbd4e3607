package explr.measurement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingTest {

  @TempDir Path folder;

  private static final Timing FIRST = new Timing(1, 5_000, 2.5, "2026-11-22T10:00:02.5Z", "abc");
  private static final Timing SECOND = new Timing(2, 5_000, 2, "2026-11-22T10:00:05Z", null);

  private final List<String> notices = new ArrayList<>();

  private List<Timing> read(Path file) throws IOException {
    return Timing.read(file, notices::add);
  }

  @Test
  void linesComeBackAlsoAroundOneThatAKillCutShort() throws IOException {
    Path file = folder.resolve("timing.jsonl");
    assertThat(read(file)).isEmpty();
    FIRST.appendTo(file);
    Files.writeString(file, "{\"period\":2,\"ima", StandardOpenOption.APPEND);
    assertThat(read(file)).containsExactly(FIRST);
    SECOND.appendTo(file);

    assertThat(read(file)).containsExactly(FIRST, SECOND);
    assertThat(FIRST.began()).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(notices).isEmpty();
  }

  @Test
  void aLineWithAnyBitFlippedIsLeftOutAndNamed() throws IOException {
    Path file = folder.resolve("timing.jsonl");
    FIRST.appendTo(file);
    SECOND.appendTo(file);
    byte[] whole = Files.readAllBytes(file);
    int second = FIRST.line().length() + 1;
    for (int bit = 0; bit < 8 * (second - 1); bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, damaged);
      notices.clear();
      assertThat(read(file)).as("bit " + bit).containsExactly(SECOND);
      assertThat(notices).isNotEmpty().first().asString().startsWith(file + ", line 1 is damaged");
    }
  }

  @Test
  void aLineOfVersion010IsReadWithoutItsChecksumAndOnlyWhereThatIsAskedFor() {
    String line =
        "{\"period\":1,\"images\":160,\"seconds\":1.5,\"ended\":\"2026-11-22T10:00:05Z\",\"commit\":\"abc\"}";
    assertThat(Timing.parse(line)).isEmpty();
    assertThat(Timing.unsealed(line))
        .hasValue(new Timing(1, 160, 1.5, "2026-11-22T10:00:05Z", "abc"));
    assertThat(Timing.unsealed(line.replace("1.5", "-1.5"))).isEmpty();
    assertThat(Timing.unsealed(line.replace("T10", "X10"))).isEmpty();
    assertThat(Timing.unsealed("{}")).isEmpty();
    assertThat(Timing.unsealed("null")).isEmpty();
  }

  @Test
  void aTimeThatIsNotPositiveIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timing(1, 100, 0, "2026-11-22T10:00:00Z", null))
        .withMessageContaining("0.0 s");
  }
}
