package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import explr.schedule.Tabulated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TabulatedCsvTest {

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("rates.csv"), text);
  }

  private static Tabulated column(Path csv, String name, boolean logarithms) throws IOException {
    return TabulatedCsv.read(
        csv, name, logarithms, warning -> fail("unexpected warning: " + warning));
  }

  @Test
  void readsAColumnOfACsvFile() throws IOException {
    Path csv = file("# a comment\nt,log_rate\n0,-inf\n1,-2.5\n\n");
    Tabulated table = column(csv, "log_rate", true);
    assertThat(table.values()).containsExactly(Double.NEGATIVE_INFINITY, -2.5);
    assertThat(table.at(1)).isCloseTo(Math.exp(-2.5), within(1e-17));
  }

  @Test
  void readsTheColumnAfterAQuotedFieldWithACommaAndAByteOrderMark() throws IOException {
    Path csv = file("\uFEFF\"lr\",groups\r\n0.1,\"[0.05, 0.01]\"\r\n0.2,\"[0.05, 0.01]\"\r\n");
    assertThat(column(csv, "lr", false)).isEqualTo(Tabulated.of(0.1, 0.2));
    Path reversed = file("groups,\"lr\"\n\"[0.05, 0.01]\",0.1\n\"[0.05, 0.01]\",0.2\n");
    assertThat(column(reversed, "lr", false)).isEqualTo(Tabulated.of(0.1, 0.2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "0.1f", "0x1p3", "1e400", "nan", "0,1", "1d"})
  void refusesWhatIsNoNumberWithLineAndField(String field) throws IOException {
    Path csv = file("t,rate\n0,0.1\n1,\"" + field + "\"\n");
    assertThatThrownBy(() -> column(csv, "rate", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rates.csv, line 3: ")
        .hasMessageContaining("column 'rate'");
  }

  @Test
  void namesTheColumnsThatThereAre() throws IOException {
    Path csv = file("t,rate\n0,0.1\n");
    assertThatThrownBy(() -> column(csv, "lr", false))
        .hasMessageEndingWith("rates.csv has no column 'lr'; it has [t, rate]");
  }

  @Test
  void refusesAFileWithoutRows() throws IOException {
    Path csv = file("t,rate\n");
    assertThatThrownBy(() -> column(csv, "rate", false))
        .hasMessageEndingWith("rates.csv has a header, but no rows");
    assertThatThrownBy(() -> column(folder.resolve("no.csv"), "rate", false))
        .isInstanceOf(NoSuchFileException.class);
  }
}
