package explr.notebook;

import explr.figure.Html;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** How a Tablesaw table looks in a notebook: an HTML table, its middle left out when it is long. */
final class TableView {

  private static final int MOST_ROWS = 30;
  private static final int HEAD = 20;
  private static final int TAIL = 5;

  private TableView() {}

  static Bundle of(Table table) {
    int rows = table.rowCount();
    StringBuilder html = new StringBuilder("<table><caption>").append(caption(table));
    html.append("</caption><thead>")
        .append(row("th scope=\"col\"", table, Column::name))
        .append("</thead><tbody>");
    if (rows <= MOST_ROWS) {
      appendRows(html, table, 0, rows);
    } else {
      appendRows(html, table, 0, HEAD);
      html.append(row("td", table, column -> "⋮"));
      appendRows(html, table, rows - TAIL, rows);
    }
    return Bundle.html(html.append("</tbody></table>").toString(), table.print(MOST_ROWS));
  }

  private static String caption(Table table) {
    String size = count(table.rowCount(), "row") + " × " + count(table.columnCount(), "column");
    String name = table.name();
    return name == null || name.isBlank() ? size : Html.escape(name) + ": " + size;
  }

  private static String count(int number, String what) {
    return "%,d %s%s".formatted(number, what, number == 1 ? "" : "s");
  }

  private static void appendRows(StringBuilder html, Table table, int from, int to) {
    IntStream.range(from, to)
        .mapToObj(i -> row("td", table, column -> cell(column, i)))
        .forEach(html::append);
  }

  /** Text begins at the left, where JupyterLab would have it end at the right as numbers do. */
  private static String row(String element, Table table, Function<Column<?>, String> cell) {
    String end = element.split(" ", 2)[0];
    StringBuilder html = new StringBuilder("<tr>");
    for (Column<?> column : table.columns()) {
      String start =
          element + (column instanceof NumericColumn ? "" : " style=\"text-align:left\"");
      html.append("<%s>%s</%s>".formatted(start, Html.escape(cell.apply(column)), end));
    }
    return html.append("</tr>").toString();
  }

  private static String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    boolean real = column.get(row) instanceof Double || column.get(row) instanceof Float;
    return real && column instanceof NumericColumn<?> numbers
        ? number(numbers.getDouble(row))
        : column.getString(row);
  }

  /**
   * Six significant digits: enough to compare runs by eye, few enough to read; rates reach 1e26.
   */
  static String number(double value) {
    double size = Math.abs(value);
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    String text = String.format(java.util.Locale.ROOT, "%.5e", value);
    if (size >= 1e-4 && size < 1e7) {
      return new java.math.BigDecimal(text).stripTrailingZeros().toPlainString();
    }
    String[] parts = text.split("e", 2);
    return new java.math.BigDecimal(parts[0]).stripTrailingZeros().toPlainString()
        + "e"
        + Integer.parseInt(parts[1]);
  }
}
