package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SealedJsonTest {

  private static final String TEXT =
      SealedJson.write(
          Map.of("name", "‖w‖", "list", List.of(1, 2.5), "map", Map.of("sha256", "another")));

  @Test
  void whatIsWrittenComesBack() throws IOException {
    assertThat(SealedJson.read(TEXT.getBytes(UTF_8)).get("name").getAsString()).isEqualTo("‖w‖");
    // The SHA-256 is what head -n -2 FILE | sha256sum says.
    assertThat(TEXT)
        .isEqualTo(
            """
            {
            "list":[1,2.5],
            "map":{"sha256":"another"},
            "name":"‖w‖",
            "sha256":"ef8a6fa3e7310f371b4b1bb11149d4a7d7f2e1e22e22a9df5c6177093aa6ba33"
            }
            """);
  }

  @Test
  void everyFlippedBitAndEveryCutIsNoticed() {
    byte[] whole = TEXT.getBytes(UTF_8);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> SealedJson.read(damaged))
          .as("bit " + bit)
          .isInstanceOf(IOException.class)
          .hasMessage("its checksum does not fit its content");
    }
    for (int length = 1; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> SealedJson.read(cut)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> SealedJson.read(new byte[0])).hasMessage("it is empty");
  }
}
