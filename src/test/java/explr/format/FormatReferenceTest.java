package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * README and reference list the schedules that there are. {@code mvn -q test
 * -Dtest=FormatReferenceTest -Dreference=write} writes them.
 */
class FormatReferenceTest {

  private static final String COMMAND = "mvn -q test -Dtest=FormatReferenceTest -Dreference=write";
  private static final String BEGIN = "<!-- generated: " + COMMAND + " -->\n";
  private static final String END = "<!-- end of generated text -->\n";

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of(Path.of("README.md"), FormatReference.readme()),
        Arguments.of(Path.of(FormatReference.PAGE), FormatReference.markdown()));
  }

  @ParameterizedTest
  @MethodSource("files")
  void isUpToDate(Path file, String generated) throws IOException {
    if ("write".equals(System.getProperty("reference"))) {
      Files.writeString(file, replaced(Files.readString(file), generated));
    }
    check(file, generated);
  }

  @Test
  void aFileOfAnEarlierVersionIsRefusedWithTheCommandThatWritesIt(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("README.md"), "a\n" + BEGIN + "old\n" + END);
    assertThatThrownBy(() -> check(file, "new\n"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(COMMAND);
    Files.writeString(file, replaced(Files.readString(file), "new\n"));
    check(file, "new\n");
    assertThat(file).content().startsWith("a\n");
  }

  private static void check(Path file, String generated) throws IOException {
    String text = Files.readString(file);
    assertThat(text.equals(replaced(text, generated)))
        .as("%s lists the schedules of ScheduleFormats; to write it: %s", file, COMMAND)
        .isTrue();
  }

  private static String replaced(String text, String generated) {
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    assertThat(begin).as("the line %s", BEGIN).isNotNegative().isLessThan(end);
    return text.substring(0, begin + BEGIN.length()) + generated + text.substring(end);
  }
}
