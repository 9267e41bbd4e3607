package explr.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import explr.machine.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

  private static final String HOST = Owner.here().host();

  @TempDir private Path folder;

  /** The number of a process that has ended. */
  private static long ended() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(JavaCommand.of(Ends.class, List.of())).start();
    process.waitFor();
    return process.pid();
  }

  /** Another process, which does nothing. */
  static final class Ends {
    public static void main(String[] arguments) {}
  }

  private Path file(String name, Duration age) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "half");
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    return file;
  }

  @Test
  void whatProcessesWroteThatHaveEndedGoesAndNothingElse() throws Exception {
    long pid = ended();
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Path mine = Leftovers.aside(folder.resolve("a.csv"));
    Files.writeString(mine, "half");
    List<Path> left =
        List.of(
            file(".a.csv." + pid + "-1@" + HOST + ".new", Duration.ZERO),
            file("sub/.b.bin." + pid + "-22@" + HOST + ".new", Duration.ZERO),
            file(".of-version-0.1.0.json." + pid + ".new", Duration.ZERO),
            file(".c.csv.1-1@elsewhere.new", Duration.ofDays(2)));
    Path tried = file("writable123.tmp", Duration.ofHours(1));
    Files.write(tried, new byte[0]);
    Files.setLastModifiedTime(tried, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    List<Path> others =
        List.of(
            mine,
            file("a.csv", Duration.ofDays(9)),
            file(".c.csv.1-1@another.new", Duration.ofHours(1)),
            file(".d.csv." + alive + "-1@" + HOST + ".new", Duration.ZERO),
            file("writable-things.tmp", Duration.ofDays(9)),
            file("writable7.tmp", Duration.ofDays(9)));

    assertThat(Leftovers.in(folder)).containsAll(left).contains(tried).hasSize(left.size() + 1);
    assertThat(Leftovers.remove(folder)).hasSize(left.size() + 1);
    assertThat(left).noneMatch(Files::exists);
    assertThat(others).allMatch(Files::exists);
    assertThat(sub).isEmptyDirectory();
    assertThat(Leftovers.in(folder.resolve("nowhere"))).isEmpty();
  }

  @Test
  void aProcessThatLaterGotTheNumberOfOneThatEndedKeepsNothing() throws Exception {
    long alive = ProcessHandle.current().parent().orElseThrow().pid();
    Path left = file(".a.csv." + alive + "-1@" + HOST + ".new", Duration.ofDays(3650));
    assertThat(Leftovers.remove(folder)).containsExactly(left);
  }

  @Test
  void whoeverWritesAFileRemovesWhatAKilledProcessLeftOfIt() throws Exception {
    Path left = file(".a.csv." + ended() + "-1@" + HOST + ".new", Duration.ZERO);
    AtomicFile.write(folder.resolve("a.csv"), "whole");
    assertThat(left).doesNotExist();
    try (var files = Files.list(folder)) {
      assertThat(files.toList()).containsExactly(folder.resolve("a.csv"));
    }
  }

  @Test
  void aFolderThatCanBeWrittenToIsMadeAndLeftEmpty() throws Exception {
    Path made = folder.resolve("one/two");
    AtomicFile.requireWritable(made);
    assertThat(made).isEmptyDirectory();
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> AtomicFile.requireWritable(file)).isInstanceOf(IOException.class);
  }

  @Test
  void aTemporaryFolderGoesWhenItIsClosed() throws Exception {
    Path path;
    try (TemporaryFolder made = TemporaryFolder.in(folder, "explr-test")) {
      path = made.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c"), "text");
      try (TemporaryFolder another = TemporaryFolder.in(folder, "explr-test")) {
        assertThat(another.path()).isNotEqualTo(path);
        assertThat(path.resolve("a/b/c")).exists();
      }
    }
    assertThat(folder).isEmptyDirectory();
    assertThat(path).doesNotExist();
  }

  /** Another process, which makes a temporary folder and waits to be killed. */
  static final class Waits {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (TemporaryFolder made = TemporaryFolder.in(Path.of(arguments[0]), "explr-test")) {
        Files.writeString(made.path().resolve("picture.png"), "half");
        System.out.println(made.path());
        Thread.sleep(Duration.ofMinutes(10).toMillis());
      }
    }
  }

  @Test
  void theTemporaryFolderOfAKilledProcessGoesWithTheNextOne() throws Exception {
    Process process =
        new ProcessBuilder(JavaCommand.of(Waits.class, List.of(folder.toString()))).start();
    Path left = Path.of(process.inputReader(UTF_8).readLine());
    TemporaryFolder.in(folder, "explr-test").close();
    // The process is alive.
    assertThat(left.resolve("picture.png")).exists();

    process.destroyForcibly().waitFor();
    assertThat(left.resolve("picture.png")).exists();
    TemporaryFolder.in(folder, "explr-test").close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aTemporaryFolderOfVersion010GoesAfterAnHour() throws Exception {
    Path young = Files.createDirectory(folder.resolve("explr-test1"));
    Path old = Files.createDirectory(folder.resolve("explr-test2"));
    Files.writeString(old.resolve("plotly.js"), "text");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    Path other = Files.createDirectory(folder.resolve("other"));
    TemporaryFolder.in(folder, "explr-test").close();
    assertThat(young).exists();
    assertThat(other).exists();
    assertThat(old).doesNotExist();
  }
}
