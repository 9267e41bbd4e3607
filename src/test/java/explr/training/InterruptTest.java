package explr.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptTest {

  /** Far longer than the runs take; a thread that spins for ever is still there after it. */
  private static final long SECONDS_OF_A_HANG = 180;

  @TempDir Path folder;

  /** In 64 bits MXNet used to spin for ever. */
  @ParameterizedTest
  @CsvSource({"MXNET,FLOAT64", "MXNET,FLOAT32", "PYTORCH,FLOAT64", "PYTORCH,FLOAT32"})
  void aRunThatBeginsAtOnceAfterAnInterruptTrains(String engine, String precision)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                InterruptedRuns.class.getName(),
                engine,
                precision)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(SECONDS_OF_A_HANG, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as("ended within %s s", SECONDS_OF_A_HANG).isTrue();
    assertThat(Files.readString(output)).contains(InterruptedRuns.DONE);
  }
}
