package explr.store;

import static org.assertj.core.api.Assertions.assertThat;

import explr.machine.JavaCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryLockTest {

  private static final int LOCKED = 10;
  private static final int REFUSED = 20;

  @TempDir private Path folder;

  /** Another process, which tries to lock a folder and says by its exit code how that went. */
  static final class Other {
    public static void main(String[] arguments) throws IOException {
      Optional<EntryLock> lock = EntryLock.on(Path.of(arguments[0]));
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
    try (EntryLock held = EntryLock.on(folder).orElseThrow()) {
      assertThat(EntryLock.on(folder)).isEmpty();
      assertThat(EntryLock.on(folder.resolve("."))).isEmpty();
      // Closing any channel of the file would have given the lock to others.
      assertThat(another()).isEqualTo(REFUSED);
    }
    assertThat(another()).isEqualTo(LOCKED);
    EntryLock.on(folder).orElseThrow().close();
  }
}
