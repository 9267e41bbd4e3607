package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableViewTest {

  private static String html(Table table) {
    return (String) TableView.of(table).formats().get(Bundle.HTML);
  }

  @Test
  void shows_names_values_and_size() {
    Table table =
        Table.create(
            "Runs",
            StringColumn.create("run", "<decay>", "twin"),
            DoubleColumn.create("rate", 0.1, Double.NaN),
            IntColumn.create("epoch", 1, 2));

    assertThat(html(table))
        .isEqualTo(
            "<table><caption>Runs: 2 rows × 3 columns</caption>"
                + "<thead><tr><th scope=\"col\" style=\"text-align:left\">run</th><th scope=\"col\">rate</th><th scope=\"col\">epoch</th></tr></thead>"
                + "<tbody><tr><td style=\"text-align:left\">&lt;decay&gt;</td><td>0.1</td><td>1</td></tr>"
                + "<tr><td style=\"text-align:left\">twin</td><td></td><td>2</td></tr></tbody></table>");
  }

  @Test
  void leaves_out_the_middle_of_a_long_table() {
    Table table = Table.create(IntColumn.create("n", IntStream.range(0, 1000).toArray()));

    assertThat(html(table))
        .contains("<caption>1,000 rows × 1 column</caption>")
        .contains("<td>19</td></tr><tr><td>⋮</td></tr><tr><td>995</td>")
        .endsWith("<td>999</td></tr></tbody></table>");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1, 0.1",
    "0, 0",
    "-2, -2",
    "0.30000000000000004, 0.3",
    "1.48123456789, 1.48123",
    "100, 100",
    "123456789, 1.23457e8",
    "3.1e26, 3.1e26",
    "0.00005, 5e-5",
    "Infinity, Infinity"
  })
  void six_digits_tell_a_number(double value, String text) {
    assertThat(TableView.number(value)).isEqualTo(text);
  }
}
