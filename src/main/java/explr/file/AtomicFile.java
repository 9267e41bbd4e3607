package explr.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file whole or not at all: aside, to the disk, then renamed into place. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Replaces a file; readers see the old content or the new, also after a power cut. */
  public static void write(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path aside = null;
    try {
      Files.createDirectories(folder);
      Leftovers.removeOf(file);
      aside = Leftovers.aside(file);
      Files.write(aside, content);
      try (FileChannel channel = FileChannel.open(aside, WRITE)) {
        channel.force(true);
      }
      Files.move(aside, file, ATOMIC_MOVE, REPLACE_EXISTING);
      forceFolder(folder);
    } catch (IOException e) {
      if (aside != null) {
        Files.deleteIfExists(aside);
      }
      throw new IOException("cannot write " + file + ": " + FileFailure.reason(e), e);
    }
  }

  /** Replaces a file by UTF-8 text. */
  public static void write(Path file, String content) throws IOException {
    write(file, content.getBytes(UTF_8));
  }

  /**
   * Refuses a folder that cannot be made or written to, before hours of work for it and not after;
   * removes what killed processes left in it.
   */
  public static void requireWritable(Path folder) throws IOException {
    Files.createDirectories(folder);
    Leftovers.remove(folder);
    Path tried = Leftovers.aside(folder.resolve("writable"));
    Files.write(tried, new byte[0]);
    Files.delete(tried);
  }

  /** The rename itself lives in the folder, which must reach the disk too. */
  private static void forceFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
