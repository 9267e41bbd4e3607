package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

  @Test
  void readsAColumnOfACsvFile() throws IOException {
    Path csv = file("# a comment\nt,log_rate\n0,-inf\n1,-2.5\n\n");
    Tabulated table = TabulatedCsv.read(csv, "log_rate", true);
    assertThat(table.values()).containsExactly(Double.NEGATIVE_INFINITY, -2.5);
    assertThat(table.at(1)).isCloseTo(Math.exp(-2.5), within(1e-17));
  }

  @Test
  void readsTheColumnAfterAQuotedFieldWithACommaAndAByteOrderMark() throws IOException {
    Path csv = file("\uFEFF\"lr\",groups\r\n0.1,\"[0.05, 0.01]\"\r\n0.2,\"[0.05, 0.01]\"\r\n");
    assertThat(TabulatedCsv.read(csv, "lr", false)).isEqualTo(Tabulated.of(0.1, 0.2));
    Path reversed = file("groups,\"lr\"\n\"[0.05, 0.01]\",0.1\n\"[0.05, 0.01]\",0.2\n");
    assertThat(TabulatedCsv.read(reversed, "lr", false)).isEqualTo(Tabulated.of(0.1, 0.2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "", "0.1f", "0x1p3", "1e400", "nan", "0,1", "1d"})
  void refusesWhatIsNoNumberWithLineAndField(String field) throws IOException {
    Path csv = file("t,rate\n0,0.1\n1,\"" + field + "\"\n");
    assertThatThrownBy(() -> TabulatedCsv.read(csv, "rate", false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rates.csv, line 3: ")
        .hasMessageContaining("column 'rate'");
  }

  @Test
  void namesTheColumnsThatThereAre() throws IOException {
    Path csv = file("t,rate\n0,0.1\n");
    assertThatThrownBy(() -> TabulatedCsv.read(csv, "lr", false))
        .hasMessageEndingWith("rates.csv has no column 'lr'; it has [t, rate]");
  }

  @Test
  void refusesAFileWithoutRows() throws IOException {
    Path csv = file("t,rate\n");
    assertThatThrownBy(() -> TabulatedCsv.read(csv, "rate", false))
        .hasMessageEndingWith("rates.csv has a header, but no rows");
    assertThatThrownBy(() -> TabulatedCsv.read(folder.resolve("no.csv"), "rate", false))
        .isInstanceOf(NoSuchFileException.class);
  }
}
