package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarTest {

  private static final byte[] CONTENT = "what is in it".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path outer;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(outer.resolve("folder"));
  }

  private void unpack(byte[]... entries) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      all.write(entry);
    }
    Tar.unpack(new ByteArrayInputStream(Made.end(all.toByteArray())), folder);
  }

  @Test
  void unpacksFilesAndFoldersAndPassesOverExtendedHeaders() throws IOException {
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 7);
    unpack(
        Made.entry("pax_global_header", 'g', CONTENT),
        Made.entry("a/", '5', new byte[0]),
        Made.entry("a/PaxHeaders/b", 'x', CONTENT),
        Made.entry("a/b", '0', CONTENT),
        Made.entry("c/d/e", '\0', large),
        Made.entry("empty", '0', new byte[0]));
    assertThat(folder.resolve("a/b")).hasBinaryContent(CONTENT);
    assertThat(folder.resolve("c/d/e")).hasBinaryContent(large);
    assertThat(folder.resolve("empty")).isEmptyFile();
    try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
      assertThat(files).hasSize(3);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/../../evil", "/evil", "a/b/../../../folder-2/evil", ".."})
  void writesNothingOutsideItsFolder(String name) throws IOException {
    byte[] entry = Made.entry(name.replaceFirst("^/", outer + "/"), '0', CONTENT);
    assertThatThrownBy(() -> unpack(entry))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("outside");
    try (Stream<Path> files = Files.list(outer)) {
      assertThat(files).containsExactly(folder);
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '6', 'L'})
  void refusesLinksDevicesAndWhatItDoesNotKnow(char type) {
    assertThatThrownBy(() -> unpack(Made.entry("a", type, new byte[0])))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("type '" + type + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 512, 520, 1000, 1024})
  void noticesThatAnArchiveIsTruncated(int length) {
    byte[] whole = Made.end(Made.entry("a", '0', CONTENT));
    assertThatThrownBy(
            () -> Tar.unpack(new ByteArrayInputStream(Arrays.copyOf(whole, length)), folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void noticesADamagedHeader() {
    byte[] entry = Made.entry("a", '0', CONTENT);
    entry[0] = 'b';
    assertThatThrownBy(() -> unpack(entry))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("damaged");
  }
}
