package explr.benchmark;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table in Markdown, written row by row. */
final class MarkdownTable {

  private final StringBuilder text = new StringBuilder();
  private final int columns;

  /** Begins with the header; a name may be empty. */
  MarkdownTable(String... header) {
    columns = header.length;
    row(List.of(header));
    text.append("|---".repeat(columns)).append("|\n");
  }

  /** Adds a row. Missing cells at its end are left empty. */
  void row(List<?> cells) {
    Stream<String> given = cells.stream().map(cell -> cell(String.valueOf(cell)));
    Stream<String> missing = Stream.generate(() -> "").limit(columns - cells.size());
    text.append(
        Stream.concat(given, missing)
            .map(cell -> cell.isEmpty() ? " |" : " " + cell + " |")
            .collect(Collectors.joining("", "|", "\n")));
  }

  /** Text in one cell, which a bar or a line break would end. */
  private static String cell(String text) {
    return text.strip().replaceAll("\\R", " ").replace("|", "\\|");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
