package explr.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Reads archives in the ustar format (POSIX.1-1988), as far as data sets need it: files and
 * folders.
 *
 * <p>Nothing is written outside the folder given: names that lead out of it, links and devices are
 * refused. Extended headers (pax) are passed over, since they say nothing about names as short as a
 * data set's.
 */
final class Tar {

  private static final int BLOCK = 512;

  private Tar() {}

  /**
   * Unpacks an archive.
   *
   * @param folder an existing folder
   * @throws DataException if the archive is damaged, truncated or holds what is refused
   * @throws IOException if the disk fails
   */
  static void unpack(InputStream archive, Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    byte[] header = readBlock(archive);
    while (!isEnd(header)) {
      checkSum(header);
      String name = name(header);
      long size = octal(header, 124, 12, name);
      char type = (char) header[156];
      if (type == '0' || type == 0) {
        Path file = inside(root, name);
        Files.createDirectories(file.getParent());
        copy(archive, size, name, file);
      } else if (type == '5') {
        Files.createDirectories(inside(root, name));
      } else if (type == 'x' || type == 'g') {
        skip(archive, size, name);
      } else {
        throw new DataException(
            "the archive's entry '%s' has the type '%s'; only files and folders are unpacked"
                .formatted(name, type));
      }
      header = readBlock(archive);
    }
  }

  private static Path inside(Path root, String name) {
    Path target = root.resolve(name).normalize();
    if (name.isEmpty() || name.indexOf('\0') >= 0 || !target.startsWith(root)) {
      throw new DataException(
          "the archive's entry '%s' would be written outside %s; the archive is not to be trusted"
              .formatted(name, root));
    }
    return target;
  }

  private static byte[] readBlock(InputStream in) throws IOException {
    byte[] block;
    try {
      block = in.readNBytes(BLOCK);
    } catch (EOFException e) {
      throw truncated("a header", e);
    }
    if (block.length < BLOCK) {
      throw truncated("a header", null);
    }
    return block;
  }

  private static DataException truncated(String what, Throwable cause) {
    return new DataException(
        "the archive is truncated: it ends within %s; fetch it anew".formatted(what), cause);
  }

  private static boolean isEnd(byte[] header) {
    for (byte b : header) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private static void checkSum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
    }
    long expected = octal(header, 148, 8, "of unknown name");
    if (sum != expected) {
      throw new DataException(
          "a header of the archive has the sum %d instead of %d; the archive is damaged, fetch it anew"
              .formatted(sum, expected));
    }
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    boolean ustar = text(header, 257, 5).equals("ustar") && header[262] == 0;
    String prefix = ustar ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length, String name) {
    String digits = text(header, from, length).strip();
    try {
      return Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new DataException(
          "the archive's entry '%s' has '%s' where an octal number belongs; the archive is damaged"
              .formatted(name, digits),
          e);
    }
  }

  private static void copy(InputStream in, long size, String name, Path file) throws IOException {
    try (InputStream content = new Entry(in, size, name)) {
      Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
    }
    skipPadding(in, size, name);
  }

  private static void skip(InputStream in, long size, String name) throws IOException {
    try (InputStream content = new Entry(in, size, name)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    skipPadding(in, size, name);
  }

  private static void skipPadding(InputStream in, long size, String name) throws IOException {
    int rest = (int) (size % BLOCK);
    try {
      in.skipNBytes(rest == 0 ? 0 : BLOCK - rest);
    } catch (EOFException e) {
      throw truncated("'" + name + "'", e);
    }
  }

  /** The content of one entry; closing it leaves the archive open. */
  private static final class Entry extends InputStream {
    private final InputStream in;
    private final String name;
    private long left;

    Entry(InputStream in, long size, String name) {
      this.in = in;
      this.left = size;
      this.name = name;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int got;
      try {
        got = in.read(into, from, (int) Math.min(length, left));
      } catch (EOFException e) {
        throw truncated("'" + name + "'", e);
      }
      if (got < 0) {
        throw truncated("'" + name + "'", null);
      }
      left -= got;
      return got;
    }
  }
}
