package explr.notebook;

import explr.figure.Html;
import explr.text.Numbers;
import java.util.function.Function;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Renders a Tablesaw table in a notebook as an HTML table; a long one without its middle. */
final class TableView {

  private static final int MOST_ROWS = 30;
  private static final int HEAD = 20;
  private static final int TAIL = 5;

  /** Significant digits of a number: enough to compare runs by eye, few enough to read. */
  private static final int DIGITS = 6;

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
    return Numbers.count(number) + " " + what + (number == 1 ? "" : "s");
  }

  private static void appendRows(StringBuilder html, Table table, int from, int to) {
    IntStream.range(from, to)
        .mapToObj(i -> row("td", table, column -> cell(column, i)))
        .forEach(html::append);
  }

  /** Text is left-aligned; JupyterLab right-aligns everything. */
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
        ? Numbers.literal(numbers.getDouble(row), DIGITS)
        : column.getString(row);
  }
}
