package explr.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.utils.ArchiveUtils;

/**
 * Unpacks tar archives, as far as data sets need it: files and folders.
 *
 * <p>Commons Compress reads the format. This class adds the checks that it leaves to its callers:
 * nothing is written outside the given folder, links, devices and sparse files are refused, each
 * header must match its checksum, and an archive without its end marker counts as truncated.
 */
final class Tar {

  /** Files, folders, and the extended headers (pax) that may precede them. */
  private static final String TYPES = "0\0005xg";

  private Tar() {}

  /**
   * Unpacks an archive.
   *
   * @param folder an existing folder
   * @throws DataException if the archive is damaged, truncated or contains what is refused
   * @throws IOException if the disk fails
   */
  static void unpack(InputStream archive, Path folder) throws IOException {
    Path root = folder.toAbsolutePath().normalize();
    StrictReader reader = new StrictReader(archive);
    for (TarArchiveEntry entry = reader.next(); entry != null; entry = reader.next()) {
      Path target = inside(root, entry.getName());
      if (entry.isSparse()) {
        throw refused(entry.getName(), "is a sparse file");
      } else if (entry.isDirectory()) {
        Files.createDirectories(target);
      } else {
        Files.createDirectories(target.getParent());
        Files.copy(reader, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path inside(Path root, String name) {
    boolean empty = name.isEmpty() || name.indexOf('\0') >= 0;
    if (empty || !root.resolve(name).normalize().startsWith(root)) {
      throw new DataException(
          "the archive's entry '%s' would be written outside %s; do not trust the archive"
              .formatted(name, root));
    }
    return root.resolve(name).normalize();
  }

  private static DataException refused(String name, String what) {
    return new DataException(
        "the archive's entry '%s' %s; only files and folders are unpacked".formatted(name, what));
  }

  private static DataException unreadable(String name, Exception cause) {
    return new DataException(
        "the archive is %s at '%s': %s; download it again"
            .formatted(
                cause instanceof EOFException ? "truncated" : "truncated or damaged",
                name,
                cause.getMessage()),
        cause);
  }

  /** Reads entries; what is wrong with the archive is a {@link DataException}. */
  private static final class StrictReader extends TarArchiveInputStream {

    /** The name in the last header, for messages. */
    private String name = "the first header";

    StrictReader(InputStream archive) {
      super(archive, StandardCharsets.UTF_8.name());
    }

    /** The next file or folder, or null at the end. */
    TarArchiveEntry next() {
      try {
        return getNextEntry();
      } catch (IOException | IllegalArgumentException e) {
        throw unreadable(name, e);
      }
    }

    @Override
    public int read(byte[] into, int from, int length) {
      try {
        return super.read(into, from, length);
      } catch (IOException e) {
        throw unreadable(name, e);
      }
    }

    /** Reads a header; after the end marker, padding. */
    @Override
    protected byte[] readRecord() throws IOException {
      byte[] header = super.readRecord();
      if (isAtEOF()) {
        return header;
      }
      if (header == null) {
        throw new EOFException("it ends without its end marker");
      }
      if (!ArchiveUtils.isArrayZero(header, header.length)) {
        check(header);
      }
      return header;
    }

    private void check(byte[] header) throws IOException {
      name = TarUtils.parseName(header, 0, TarConstants.NAMELEN);
      if (!TarUtils.verifyCheckSum(header)) {
        throw new IOException("its header does not match its checksum");
      }
      char type = (char) header[TarConstants.LF_OFFSET];
      if (TYPES.indexOf(type) < 0) {
        throw refused(name, "has the type '" + type + "'");
      }
    }
  }
}
