package explr.file;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import explr.machine.JavaCommand;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

  private static final int LOCKED = 10;
  private static final int REFUSED = 20;

  @TempDir private Path folder;

  /**
   * Another process, which tries to take the lock of a folder; its exit code says how that went.
   */
  static final class Other {
    public static void main(String[] arguments) throws IOException {
      Optional<ProcessLock> lock = ProcessLock.on(Path.of(arguments[0], "lock"));
      System.exit(lock.isPresent() ? LOCKED : REFUSED);
    }
  }

  private int another() throws IOException, InterruptedException {
    return new ProcessBuilder(JavaCommand.of(Other.class, List.of(folder.toString())))
        .inheritIO()
        .start()
        .waitFor();
  }

  @Test
  void whoIsRefusedDoesNotTakeTheLockFromWhoHoldsIt() throws Exception {
    try (ProcessLock held = ProcessLock.on(folder.resolve("lock")).orElseThrow()) {
      assertThat(ProcessLock.on(folder.resolve("lock"))).isEmpty();
      assertThat(ProcessLock.on(folder.resolve("./lock"))).isEmpty();
      // Closing any channel of the file would have given the lock to others.
      assertThat(another()).isEqualTo(REFUSED);
    }
    assertThat(another()).isEqualTo(LOCKED);
    ProcessLock.on(folder.resolve("lock")).orElseThrow().close();
  }

  @Test
  void theLockTellsPeopleWhoHoldsIt() throws Exception {
    Path lock = folder.resolve("lock");
    assertThat(ProcessLock.owner(lock)).isEmpty();
    try (ProcessLock held = ProcessLock.on(lock).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(ProcessLock.owner(lock)).hasValue(Owner.here());
      // Asking did not give it away.
      assertThat(another()).isEqualTo(REFUSED);
    }
    assertThat(another()).isEqualTo(LOCKED);
    assertThat(ProcessLock.owner(lock))
        .hasValueSatisfying(owner -> assertThat(owner.isHere()).isFalse());
    Files.writeString(lock, "4711 on\u0000");
    assertThat(ProcessLock.owner(lock)).isEmpty();
  }

  /** Another process may open the file before it is deleted, and lock it afterwards. */
  @Test
  void aDeletedFileIsMarkedForAProcessThatOpenedItBefore() throws Exception {
    Path lock = folder.resolve("lock");
    ProcessLock held = ProcessLock.on(lock).orElseThrow();
    try (FileChannel early = FileChannel.open(lock, READ, WRITE)) {
      assertThat(ProcessLock.isDeleted(early)).isFalse();
      held.closeAndDelete();
      assertThat(lock).doesNotExist();
      // The operating system grants this lock, which excludes nobody.
      assertThat(early.tryLock()).isNotNull();
      assertThat(ProcessLock.isDeleted(early)).isTrue();
    }
    assertThat(another()).isEqualTo(LOCKED);
  }

  @Test
  void closingALockTwiceDoesNotReleaseTheNextOne() throws Exception {
    Path lock = folder.resolve("lock");
    ProcessLock first = ProcessLock.on(lock).orElseThrow();
    first.closeAndDelete();
    try (ProcessLock second = ProcessLock.on(lock).orElseThrow()) {
      assertThat(second).isNotNull();
      first.close();
      assertThat(ProcessLock.on(lock)).isEmpty();
    }
  }

  @Test
  void aFileThatIsWronglyMarkedAsDeletedIsLockedAnyway() throws Exception {
    Path lock = Files.writeString(folder.resolve("lock"), "deleted\n");
    try (ProcessLock held = ProcessLock.on(lock).orElseThrow()) {
      assertThat(held).isNotNull();
      assertThat(another()).isEqualTo(REFUSED);
    }
  }
}
