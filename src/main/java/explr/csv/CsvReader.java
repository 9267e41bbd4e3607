package explr.csv;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Reads a CSV file row by row, once.
 *
 * <p>The text is UTF-8, with or without a byte-order mark. The first line names the columns; spaces
 * around a name are ignored. Lines that begin with {@code #} are comments. Blank lines are ignored
 * before the header and after the last row. Everything else that would shift or hide a value is
 * refused with the file and the line: a row of another length, a blank line between rows, a column
 * that occurs twice, a quotation mark that is not closed.
 */
public final class CsvReader implements Iterable<CsvRow>, Closeable {

  private static final int BYTE_ORDER_MARK = 0xFEFF;

  private final String source;
  private final de.siegmar.fastcsv.reader.CsvReader<CsvRecord> parser;
  private final Iterator<CsvRecord> records;
  private final Map<String, Integer> columns;
  private final int width;
  private boolean iterated;

  private CsvReader(InputStream text, String source) throws IOException {
    this.source = source;
    parser =
        de.siegmar.fastcsv.reader.CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .skipEmptyLines(false)
            .allowUnclosedQuote(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(withoutByteOrderMark(text));
    records = parser.iterator();
    CsvRecord header = header();
    columns = columns(header);
    width = header.getFieldCount();
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is not UTF-8, has no header, or has a column twice
   */
  public static CsvReader open(Path file) throws IOException {
    InputStream text = Files.newInputStream(file);
    try {
      return new CsvReader(text, file.toString());
    } catch (CharacterCodingException e) {
      text.close();
      throw notUtf8(file.toString(), e);
    } catch (IOException | RuntimeException e) {
      text.close();
      throw e;
    }
  }

  /**
   * Reads a text.
   *
   * @param source names it in messages
   */
  public static CsvReader of(String text, String source) {
    try {
      return new CsvReader(new ByteArrayInputStream(text.getBytes(UTF_8)), source);
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can be read", e);
    }
  }

  /** The names of the columns in their order; those without a name are left out. */
  public List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Refuses a column that the file does not have.
   *
   * @throws IllegalArgumentException naming those that it has
   */
  public void require(String column) {
    index(column);
  }

  /**
   * The rows, once. A row that is refused, or cannot be read, throws from the iterator.
   *
   * @throws IllegalStateException if it is called a second time
   */
  @Override
  public Iterator<CsvRow> iterator() {
    if (iterated) {
      throw new IllegalStateException(
          "the rows of " + source + " are read once; open the file again to read them again");
    }
    iterated = true;
    return new Rows();
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }

  int index(String column) {
    Integer index = columns.get(column);
    if (index == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%s has no column '%s'; it has %s", source, column, columns.keySet()));
    }
    return index;
  }

  IllegalArgumentException error(long line, String message) {
    return new IllegalArgumentException(source + ", line " + line + ": " + message);
  }

  private CsvRecord header() {
    return nextNonBlank()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    source + " is empty; its first line must name the columns"));
  }

  private Optional<CsvRecord> nextNonBlank() {
    Optional<CsvRecord> record = next();
    while (record.isPresent() && isBlank(record.get())) {
      record = next();
    }
    return record;
  }

  private Map<String, Integer> columns(CsvRecord header) {
    Map<String, Integer> names = new LinkedHashMap<>();
    for (int i = 0; i < header.getFieldCount(); i++) {
      String name = header.getField(i).strip();
      if (!name.isEmpty() && names.put(name, i) != null) {
        throw error(
            header.getStartingLineNumber(),
            String.format(Locale.ROOT, "the column '%s' occurs twice; rename or remove one", name));
      }
    }
    return names;
  }

  /** The next record, blank ones included; none at the end. */
  private Optional<CsvRecord> next() {
    try {
      return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException ? notUtf8(source, e) : e;
    } catch (CsvParseException e) {
      throw new IllegalArgumentException(source + ": " + e.getMessage(), e);
    }
  }

  private static boolean isBlank(CsvRecord record) {
    return record.getFieldCount() == 1 && record.getField(0).isBlank();
  }

  private static Reader withoutByteOrderMark(InputStream text) throws IOException {
    // A decoder, unlike a charset, refuses what is not UTF-8.
    Reader reader = new BufferedReader(new InputStreamReader(text, UTF_8.newDecoder()));
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }

  private static IllegalArgumentException notUtf8(String source, Exception cause) {
    return new IllegalArgumentException(
        source + " is not text in UTF-8; save it in this encoding", cause);
  }

  private final class Rows implements Iterator<CsvRow> {

    private Optional<CsvRecord> ahead = rowAhead();

    /** The next row; refuses blank lines before it, not those at the end. */
    private Optional<CsvRecord> rowAhead() {
      Optional<CsvRecord> record = CsvReader.this.next();
      long blank = 0;
      while (record.isPresent() && isBlank(record.get())) {
        blank = record.get().getStartingLineNumber();
        record = CsvReader.this.next();
      }
      if (record.isPresent() && blank > 0) {
        throw error(blank, "the line is blank, and rows follow; remove it, or write the values");
      }
      return record;
    }

    @Override
    public boolean hasNext() {
      return ahead.isPresent();
    }

    @Override
    public CsvRow next() {
      CsvRecord row = ahead.orElseThrow(() -> new NoSuchElementException("that was the last row"));
      long line = row.getStartingLineNumber();
      int size = row.getFieldCount();
      if (size != width) {
        throw error(line, "the header has " + width + " fields, this line has " + size);
      }
      ahead = rowAhead();
      return new CsvRow(CsvReader.this, line, row.getFields());
    }
  }
}
