package explr.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file. It is the operating system's, so that it ends with the process, however that
 * ends; the file stays, and holds the {@link Owner} for others to read.
 *
 * <p>A process loses its lock on a file as soon as it closes <em>any</em> channel of that file, so
 * a second thread must not even open it: the locks that this process holds are noted here.
 */
public final class ProcessLock implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a file, which need not exist, in an existing folder.
   *
   * @return empty if another process, or another thread of this one, holds it
   */
  public static Optional<ProcessLock> on(Path file) throws IOException {
    Path real = real(file);
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    boolean locked = false;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(real, CREATE, WRITE);
      locked = channel.tryLock() != null;
      if (locked) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((Owner.here() + "\n").getBytes(UTF_8)));
      }
      return locked ? Optional.of(new ProcessLock(real, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        release(real, channel);
      }
    }
  }

  /**
   * Who holds the lock, or held it last; empty if the file does not tell. For people alone: the
   * lock is what counts.
   */
  public static Optional<Owner> owner(Path file) {
    try {
      return HELD.contains(real(file))
          ? Optional.of(Owner.here())
          : Owner.parse(Files.readString(file));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static Path real(Path file) throws IOException {
    return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
  }

  /** Gives the lock back: closing the channel does. */
  @Override
  public void close() throws IOException {
    release(file, channel);
  }

  private static void release(Path file, FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      HELD.remove(file);
    }
  }
}
