package explr.cli;

import java.util.ArrayList;
import java.util.List;

/** A table as lines of text. */
final class Columns {

  private Columns() {}

  /** The rows, each column as wide as its longest text; the last one as it is. */
  static List<String> lines(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String text = row.get(column);
        line.append(text);
        if (column < row.size() - 1) {
          line.append(" ".repeat(width(rows, column) - text.length() + 2));
        }
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static int width(List<List<String>> rows, int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
