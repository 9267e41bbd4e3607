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

  private static final byte[] CONTENT = bytes("what is in it");

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

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** An extended header with one record; its length counts its own two digits. */
  private static byte[] pax(char type, String key, String value) {
    String record = " %s=%s\n".formatted(key, value);
    return Made.entry("PaxHeaders/a", type, bytes(record.length() + 2 + record));
  }

  @Test
  void unpacksFilesAndFoldersAndReadsExtendedHeaders() throws IOException {
    byte[] large = new byte[100_000];
    Arrays.fill(large, (byte) 7);
    unpack(
        pax('g', "comment", "one commit"),
        Made.entry("a/", '5', new byte[0]),
        pax('x', "path", "a/long name"),
        Made.entry("a/long", '0', CONTENT),
        Made.entry("c/d/e", '\0', large),
        Made.entry("empty", '0', new byte[0]));
    assertThat(folder.resolve("a/long name")).hasBinaryContent(CONTENT);
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
    nothingLiesOutside();
  }

  private void nothingLiesOutside() throws IOException {
    try (Stream<Path> files = Files.list(outer)) {
      assertThat(files).containsExactly(folder);
    }
  }

  @Test
  void writesNothingOutsideItsFolderUnderTheNameInAnExtendedHeader() throws IOException {
    byte[] header = pax('x', "path", "../evil");
    assertThatThrownBy(() -> unpack(header, Made.entry("a", '0', CONTENT)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'../evil' would be written outside");
    nothingLiesOutside();
  }

  @Test
  void refusesASparseFile() {
    byte[] header = pax('x', "GNU.sparse.size", "13");
    assertThatThrownBy(() -> unpack(header, Made.entry("a", '0', CONTENT)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("'a' is a sparse file");
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '3', '6', '7', 'S', 'L'})
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
        .hasMessageContaining("truncated")
        .hasMessageContaining(length < 512 ? "'the first header'" : "'a'")
        .hasMessageContaining("download it again");
  }

  @Test
  void acceptsAnArchiveWithOneEndMarkerOnly() throws IOException {
    byte[] whole = Made.end(Made.entry("a", '0', CONTENT));
    Tar.unpack(new ByteArrayInputStream(Arrays.copyOf(whole, 1024 + 512)), folder);
    assertThat(folder.resolve("a")).hasBinaryContent(CONTENT);
  }

  /** All bytes but the unused last one of the checksum itself. */
  @Test
  void noticesAnyDamagedByteOfAHeader() {
    byte[] entry = Made.entry("a", '0', CONTENT);
    for (int at = 0; at < 512; at++) {
      byte[] damaged = entry.clone();
      damaged[at] ^= 0x41;
      assertThatThrownBy(() -> unpack(damaged))
          .as("byte %d", at)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("damaged")
          .hasMessageContaining("download it again");
    }
  }

  @Test
  void noticesASizeThatIsNoNumberThoughTheChecksumMatches() {
    byte[] entry = Made.entry("a", '0', CONTENT);
    entry[124] = '9';
    entry[125] = '0' - 9;
    assertThatThrownBy(() -> unpack(entry))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("damaged at 'a'")
        .hasMessageContaining("download it again");
  }
}
