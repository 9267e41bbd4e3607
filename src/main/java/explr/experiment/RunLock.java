package explr.experiment;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Keeps all others from changing a run's folder. The lock is the operating system's, so that it
 * goes with the process, however that ends; its file stays.
 */
final class RunLock implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks an existing folder.
   *
   * <p>Waits a little for this process itself: a notebook's interrupted cell has ended while its
   * thread still finishes a step and saves.
   *
   * @throws IllegalStateException if another process, or another thread of this one, holds it
   */
  static RunLock on(Path folder) throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      long patient = System.nanoTime() + PATIENCE.toNanos();
      locked = tryLock(channel);
      while (!locked && System.nanoTime() < patient) {
        Thread.sleep(100);
        locked = tryLock(channel);
      }
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new IllegalStateException(
          "another process trains in "
              + folder
              + " (or an interrupted cell of this one is still at its last step); wait for it, or give another output folder");
    }
    return new RunLock(channel);
  }

  private static boolean tryLock(FileChannel channel) throws IOException, InterruptedException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      throw new InterruptedException("stopped before training began");
    }
  }

  /** Closing the channel gives the lock back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
