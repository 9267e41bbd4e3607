package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabulatedTest {

  @TempDir Path folder;

  @Test
  void hasAValueForEachRowAndNoneBeyond() {
    Tabulated table = Tabulated.of(0.1, 0.2);
    assertThat(table.at(1)).isEqualTo(0.2);
    assertThat(table.logAt(1)).isEqualTo(Math.log(0.2));
    assertThatThrownBy(() -> table.at(2)).hasMessageContaining("0 … 1, not for 2");
  }

  @Test
  void holdsLogarithmsOfValuesThatNoDoubleHolds() {
    Tabulated table = Tabulated.ofLogarithms(Double.NEGATIVE_INFINITY, 1000);
    assertThat(table.at(0)).isZero();
    assertThat(table.logAt(1)).isEqualTo(1000);
  }

  @Test
  void readsAColumnOfACsvFile() throws IOException {
    Path csv = folder.resolve("rates.csv");
    Files.writeString(csv, "# a comment\nt,log_rate\n0,-inf\n1,-2.5\n\n");
    Tabulated table = Tabulated.read(csv, "log_rate", true);
    assertThat(table.values()).containsExactly(Double.NEGATIVE_INFINITY, -2.5);
    assertThat(table.at(1)).isCloseTo(Math.exp(-2.5), within(1e-17));
  }

  @Test
  void saysWhatIsMissingInACsvFile() throws IOException {
    Path csv = folder.resolve("rates.csv");
    Files.writeString(csv, "t,rate\n0,0.1\n1,x\n");
    assertThatThrownBy(() -> Tabulated.read(csv, "lr", false))
        .hasMessageContaining("no column 'lr'")
        .hasMessageContaining("rate");
    assertThatThrownBy(() -> Tabulated.read(csv, "rate", false))
        .hasMessageContaining("line 3")
        .hasMessageContaining("'x'");
  }

  @Test
  void refusesAnEmptyListAndNoNumbers() {
    assertThatThrownBy(Tabulated::of).hasMessageContaining("at least one");
    assertThatThrownBy(() -> Tabulated.of(1, Double.NaN)).hasMessageContaining("iteration 1");
  }
}
