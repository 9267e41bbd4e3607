package explr.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFailureTest {

  @TempDir private Path folder;

  @Test
  void isSaidWithoutTheNameOfAClass() {
    assertThat(FileFailure.reason(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(FileFailure.reason(new AccessDeniedException("/a/b")))
        .isEqualTo("no permission for /a/b");
    assertThat(FileFailure.reason(new FileSystemException("/a/b", null, "Not a directory")))
        .isEqualTo("/a/b: Not a directory");
  }

  @Test
  void namesTheClassOnlyWhereNothingElseTells() {
    assertThat(FileFailure.reason(new IOException())).isEqualTo("IOException");
    assertThat(FileFailure.reason(new DirectoryNotEmptyException("/a")))
        .isEqualTo("DirectoryNotEmptyException: /a");
  }

  @Test
  void keepsTheMessageThatWasGivenWhenItWasPassedOn() {
    IOException full = new IOException("No space left on device");
    assertThat(FileFailure.reason(new UncheckedIOException(full)))
        .isEqualTo("No space left on device");
    assertThat(FileFailure.reason(new UncheckedIOException("a.csv cannot be read", full)))
        .isEqualTo("a.csv cannot be read");
  }

  @Test
  void tellsWhatIsMissingOrInTheWay() throws Exception {
    Path missing = folder.resolve("missing");
    IOException read = catchThrowableOfType(IOException.class, () -> Files.readString(missing));
    assertThat(FileFailure.reason(read)).isEqualTo("there is no " + missing);

    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> AtomicFile.write(file.resolve("inside"), "text"))
        .hasMessage("cannot write %s: %s is in the way", file.resolve("inside"), file);
  }
}
