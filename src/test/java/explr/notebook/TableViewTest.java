package explr.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

  @Test
  void a_real_number_has_six_digits_and_a_whole_one_all_of_its() {
    Table table =
        Table.create(
            DoubleColumn.create("real", 0.30000000000000004, 123456789, 0.00005),
            IntColumn.create("whole", 1, 123456789, 5));

    assertThat(html(table))
        .contains(
            "<td>0.3</td><td>1</td>", "<td>1.23457e8</td><td>123456789</td>", "<td>5e-5</td>");
  }
}
