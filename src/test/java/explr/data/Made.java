package explr.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Small made-up data for the tests of this package. */
final class Made {

  /** Records in each file of a made-up CIFAR-10. */
  static final int RECORDS = 20;

  private Made() {}

  /** Images of noise; image i has the label i mod 10. */
  static Images images(int count, long seed) {
    byte[] pixels = new byte[count * Images.VALUES];
    new Random(seed).nextBytes(pixels);
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return new Images(pixels, labels);
  }

  static Dataset dataset(int train, int test) {
    return new Dataset(
        "made up", images(train, 1), images(test, 2), Cifar10.CLASSES, Normalization.CIFAR10);
  }

  /** Images of which each has one value everywhere, its own number. */
  static Dataset numbered(int train) {
    byte[] pixels = new byte[train * Images.VALUES];
    for (int i = 0; i < train; i++) {
      Arrays.fill(pixels, i * Images.VALUES, (i + 1) * Images.VALUES, (byte) i);
    }
    Images images = new Images(pixels, new byte[train]);
    return new Dataset("numbered", images, images, Cifar10.CLASSES, Normalization.CIFAR10);
  }

  static byte[] file(int number) {
    byte[] records = new byte[RECORDS * Cifar10.RECORD];
    new Random(number).nextBytes(records);
    for (int r = 0; r < RECORDS; r++) {
      records[r * Cifar10.RECORD] = (byte) ((r + number) % 10);
    }
    return records;
  }

  /** Writes a made-up CIFAR-10 below a folder and returns the folder of its files. */
  static Path cifar10(Path parent) throws IOException {
    Path batches = Files.createDirectories(parent.resolve(Cifar10.FOLDER));
    for (int i = 0; i < 5; i++) {
      Files.write(batches.resolve(Cifar10.TRAIN_FILES.get(i)), file(i));
    }
    Files.write(batches.resolve(Cifar10.TEST_FILE), file(5));
    return batches;
  }

  /** A made-up archive in the layout of the official one. */
  static byte[] archive() throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(entry(Cifar10.FOLDER + "/", '5', new byte[0]));
    for (int i = 0; i < 5; i++) {
      tar.write(entry(Cifar10.FOLDER + "/" + Cifar10.TRAIN_FILES.get(i), '0', file(i)));
    }
    tar.write(entry(Cifar10.FOLDER + "/" + Cifar10.TEST_FILE, '0', file(5)));
    return gzip(end(tar.toByteArray()));
  }

  /** An entry of a tar archive: header, content, padding. */
  static byte[] entry(String name, char type, byte[] content) {
    byte[] block = new byte[512 + (content.length + 511) / 512 * 512];
    put(block, 0, name);
    put(block, 100, "0000644");
    put(block, 124, "%011o".formatted(content.length));
    put(block, 136, "00000000000");
    put(block, 148, "        ");
    block[156] = (byte) type;
    put(block, 257, "ustar");
    put(block, 263, "00");
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += block[i] & 0xFF;
    }
    put(block, 148, "%06o\0 ".formatted(sum));
    System.arraycopy(content, 0, block, 512, content.length);
    return block;
  }

  static byte[] end(byte[] entries) {
    return Arrays.copyOf(entries, entries.length + 1024);
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
