package explr.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock on a file. The operating system releases it when the process ends in any way; the file
 * stays and contains the {@link Owner}.
 *
 * <p>A process loses its lock on a file as soon as it closes <em>any</em> channel of that file, so
 * a second thread must not even open it. This class therefore keeps a list of the locks of this
 * process.
 *
 * <p>Only {@link #closeAndDelete} may delete the file. Another process may have opened the file
 * before, and lock it afterwards; it then holds a lock on a file without a name, which excludes
 * nobody. {@link #closeAndDelete} therefore marks the deleted file, and a process that locks a
 * marked file opens it again.
 */
public final class ProcessLock implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final byte[] DELETED = "deleted\n".getBytes(UTF_8);

  /** A marked file that still exists is damaged; after so many attempts it is locked anyway. */
  private static final int MOST_REOPENED = 100;

  private final Path file;
  private final FileChannel channel;
  private boolean held = true;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a file, which need not exist, in an existing folder.
   *
   * @return empty if another process, or another thread of this one, holds it
   * @throws NoSuchFileException if the folder does not exist
   */
  public static Optional<ProcessLock> on(Path file) throws IOException {
    Path real = real(file);
    if (!HELD.add(real)) {
      return Optional.empty();
    }
    boolean locked = false;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(real, CREATE, READ, WRITE);
      locked = channel.tryLock() != null;
      for (int i = 0; locked && isDeleted(channel) && i < MOST_REOPENED; i++) {
        channel.close();
        locked = false;
        channel = FileChannel.open(real, CREATE, READ, WRITE);
        locked = channel.tryLock() != null;
      }
      if (locked) {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((Owner.here() + "\n").getBytes(UTF_8)), 0);
      }
      return locked ? Optional.of(new ProcessLock(real, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        release(real, channel);
      }
    }
  }

  /** Whether the file of a channel was deleted by the process that held its lock. */
  static boolean isDeleted(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(DELETED.length + 1);
    channel.read(text, 0);
    return text.flip().equals(ByteBuffer.wrap(DELETED));
  }

  /**
   * The owner of the lock, or the last one; empty if the file does not name it. Only for messages:
   * it does not show whether the lock is held.
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

  /**
   * The process that holds the lock now; empty if none does. A process that tries to take the lock
   * at the same moment may be refused.
   */
  public static Optional<Owner> holder(Path file) throws IOException {
    Path real;
    try {
      real = real(file);
    } catch (NoSuchFileException noFolder) {
      return Optional.empty();
    }
    if (!HELD.add(real)) {
      return Optional.of(Owner.here());
    }
    try (FileChannel channel = FileChannel.open(real, READ)) {
      FileLock free = channel.tryLock(0, Long.MAX_VALUE, true);
      return free == null ? Optional.of(owner(channel)) : Optional.empty();
    } catch (NoSuchFileException removedMeanwhile) {
      return Optional.empty();
    } finally {
      HELD.remove(real);
    }
  }

  private static Owner owner(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(200);
    channel.read(text, 0);
    return Owner.parse(new String(text.array(), 0, text.position(), UTF_8))
        .orElse(new Owner(0, "an unknown host"));
  }

  private static Path real(Path file) throws IOException {
    return file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
  }

  /** Releases the lock; the file stays. Does nothing the second time. */
  @Override
  public void close() throws IOException {
    if (held) {
      held = false;
      release(file, channel);
    }
  }

  /** Deletes the file and releases the lock. */
  public void closeAndDelete() throws IOException {
    try {
      Files.deleteIfExists(file);
      // Marked last, so that an existing file is never marked, even after a kill.
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(DELETED), 0);
    } finally {
      close();
    }
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
