package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.file.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Cifar10Test {

  @TempDir private Path folder;

  @Test
  void readsTheFolderAndTheOneThatContainsItAlike() throws IOException {
    Path batches = Made.cifar10(folder);
    Dataset data = Cifar10.read(batches, Made.RECORDS);
    assertThat(Cifar10.read(folder, Made.RECORDS)).isEqualTo(data);
    byte[] second = Made.file(1);
    assertThat(data.train().label(Made.RECORDS + 3)).isEqualTo(4);
    assertThat(data.train().value(Made.RECORDS + 3, 2, 5, 7))
        .isEqualTo(second[3 * Cifar10.RECORD + 1 + 2 * 1024 + 5 * 32 + 7] & 0xFF);
    assertThat(data.test().label(0)).isEqualTo(5);
  }

  private static Map<String, String> checksums(Path batches) throws IOException {
    Map<String, String> checksums = new HashMap<>();
    for (String name : Cifar10Origin.OFFICIAL.keySet()) {
      checksums.put(name, Digests.sha256(Files.readAllBytes(batches.resolve(name))));
    }
    return checksums;
  }

  @Test
  void namesTheOfficialFilesByTheirChecksums() throws IOException {
    Path batches = Made.cifar10(folder);
    Map<String, String> official = checksums(batches);
    assertThat(official)
        .containsOnlyKeys(
            Stream.concat(Cifar10.TRAIN_FILES.stream(), Stream.of(Cifar10.TEST_FILE)).toList());
    assertThat(Cifar10.read(batches, Made.RECORDS, official).name())
        .isEqualTo("CIFAR-10, 100 + 20 images");
  }

  @Test
  void namesFilesOfWhichOneBitDiffersAsNotTheOfficialOnes() throws IOException {
    Path batches = Made.cifar10(folder);
    Map<String, String> official = checksums(batches);
    for (String name : official.keySet()) {
      Path file = batches.resolve(name);
      byte[] records = Files.readAllBytes(file);
      records[100] ^= 1;
      Files.write(file, records);
      assertThat(Cifar10.read(batches, Made.RECORDS, official).name())
          .isEqualTo("images in the layout of CIFAR-10, not the official files, 100 + 20 images");
      records[100] ^= 1;
      Files.write(file, records);
    }
    assertThat(Cifar10.read(batches, Made.RECORDS).source()).contains("not the official files");
  }

  @ParameterizedTest
  @CsvSource({
    "data_batch_4.bin, 1, 20 training images repeat others",
    "test_batch.bin, 2, 20 test images are training images too"
  })
  void countsTheImagesOfAFileThatRepeatsAnother(String name, int repeated, String count)
      throws IOException {
    Path batches = Made.cifar10(folder);
    Files.write(batches.resolve(name), Made.file(repeated));
    assertThat(Cifar10.read(batches, Made.RECORDS).source())
        .endsWith("not the official files (" + count + ")");
  }

  @Test
  void countsImagesOfZeros() throws IOException {
    Path batches = Made.cifar10(folder);
    for (String name : Cifar10Origin.OFFICIAL.keySet()) {
      Files.write(batches.resolve(name), new byte[Made.RECORDS * Cifar10.RECORD]);
    }
    assertThat(Cifar10.read(batches, Made.RECORDS).source())
        .endsWith("(99 training images repeat others, 20 test images are training images too)");
  }

  @Test
  void saysWhichFileIsMissing() throws IOException {
    Files.delete(Made.cifar10(folder).resolve("data_batch_3.bin"));
    assertThatThrownBy(() -> Cifar10.read(folder, Made.RECORDS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_3.bin is missing");
  }

  @Test
  void saysWhatSizeATruncatedFileShouldHave() throws IOException {
    Path file = Made.cifar10(folder).resolve("data_batch_2.bin");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
    assertThatThrownBy(() -> Cifar10.read(folder, Made.RECORDS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_2.bin has 1000 bytes instead of 61460")
        .hasMessageContaining("truncated");
  }

  @Test
  void expectsTheOfficialNumberOfRecords() throws IOException {
    Made.cifar10(folder);
    assertThatThrownBy(() -> Cifar10.read(folder)).hasMessageContaining("instead of 30730000");
  }

  @Test
  void saysWhichRecordHasAnImpossibleLabel() throws IOException {
    Path file = Made.cifar10(folder).resolve("test_batch.bin");
    byte[] records = Files.readAllBytes(file);
    records[7 * Cifar10.RECORD] = (byte) 200;
    Files.write(file, records);
    assertThatThrownBy(() -> Cifar10.read(folder, Made.RECORDS))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("record 7 of")
        .hasMessageContaining("test_batch.bin")
        .hasMessageContaining("label 200");
  }

  @Test
  void theFolderGivenComesBeforeTheVariable() throws IOException {
    Path given = Made.cifar10(folder.resolve("given"));
    Path named = Made.cifar10(folder.resolve("named"));
    assertThat(Cifar10.locate(folder.resolve("given"), named.toString())).contains(given);
    assertThat(Cifar10.locate(null, folder.resolve("named").toString())).contains(named);
    assertThat(Cifar10.locate(null, null)).isEmpty();
    assertThat(Cifar10.locate(null, " ")).isEmpty();
  }

  @Test
  void aFolderThatWasNamedButHoldsNoDataIsAnError() throws IOException {
    Path named = Made.cifar10(folder.resolve("named"));
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> Cifar10.locate(absent, named.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("absent is not a folder");
    assertThatThrownBy(() -> Cifar10.locate(null, folder.toString()))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("EXPLR_CIFAR10")
        .hasMessageContaining("holds no test_batch.bin");
    assertThatThrownBy(() -> Cifar10.locate(null, "a\0b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("EXPLR_CIFAR10");
  }
}
