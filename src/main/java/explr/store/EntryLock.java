package explr.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps all others from training the same period. The lock is the operating system's, so that it
 * goes with the process, however that ends; its file stays.
 *
 * <p>A process loses its lock on a file as soon as it closes <em>any</em> channel of that file, so
 * that a second thread must not even open it: those that this process holds are noted here.
 */
final class EntryLock implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private EntryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks an existing folder; empty if another process, or another thread of this one, holds it.
   */
  static Optional<EntryLock> on(Path folder) throws IOException {
    Path file = folder.toRealPath().resolve("lock");
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    boolean locked = false;
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      locked = channel.tryLock() != null;
      return locked ? Optional.of(new EntryLock(file, channel)) : Optional.empty();
    } finally {
      if (!locked) {
        release(file, channel);
      }
    }
  }

  /** Closing the channel gives the lock back. */
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
