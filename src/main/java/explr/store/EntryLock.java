package explr.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps all others from training the same period. The lock is the operating system's, so that it
 * goes with the process, however that ends; its file stays.
 */
final class EntryLock implements AutoCloseable {

  private final FileChannel channel;

  private EntryLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks an existing folder; empty if another process, or another thread of this one, holds it.
   */
  static Optional<EntryLock> on(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock();
      locked = lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      locked = false;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(new EntryLock(channel)) : Optional.empty();
  }

  /** Closing the channel gives the lock back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
