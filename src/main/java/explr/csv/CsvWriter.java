package explr.csv;

import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Consumer;

/** Writes rows of fields; a field is quoted only where it must be. */
public final class CsvWriter {

  private final de.siegmar.fastcsv.writer.CsvWriter out;

  private CsvWriter(Writer out) {
    this.out =
        de.siegmar.fastcsv.writer.CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
  }

  /**
   * Writes rows, and leaves the writer open.
   *
   * @param rows called once
   * @throws IOException if a row cannot be written
   */
  public static void write(Writer out, Consumer<CsvWriter> rows) throws IOException {
    CsvWriter csv = new CsvWriter(out);
    try {
      rows.accept(csv);
      csv.out.flush();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The text of rows. */
  public static String text(Consumer<CsvWriter> rows) {
    StringWriter text = new StringWriter();
    try {
      write(text, rows);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory takes every row", e);
    }
    return text.toString();
  }

  /** Writes a comment, a line that begins with {@code #}. */
  public void comment(String text) {
    out.writeComment(" " + text);
  }

  /** Writes a row, or the header. */
  public void row(List<String> fields) {
    out.writeRecord(fields);
  }
}
