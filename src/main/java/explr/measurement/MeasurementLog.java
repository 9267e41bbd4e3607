package explr.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import explr.file.Digests;
import explr.file.FileFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/**
 * A table of measurements on disk that grows by whole rows.
 *
 * <p>A row is in the file as soon as {@link #append} returns, and on the disk after {@link #force}.
 * A kill may leave half a line at the end: readers ignore it and the next {@link #open} cuts it. A
 * checkpoint records {@link #mark} after a {@code force}; {@link #resume} goes back to it, so that
 * a resumed run and an undisturbed one leave the same bytes.
 *
 * <p>For one thread of one process; any number may {@link #read} meanwhile.
 */
public final class MeasurementLog implements Closeable {

  /**
   * How far a table has come.
   *
   * @param length bytes of the header and all rows
   * @param sha256 of these bytes, in hexadecimal
   */
  public record Mark(long length, String sha256) {}

  private final Path file;
  private final List<Column> columns;
  private final FileChannel channel;

  /** Of what was written, which need not be what the disk gives back. */
  private MessageDigest digest = Digests.of("SHA-256");

  private long length;

  private MeasurementLog(Path file, List<Column> columns, FileChannel channel) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.channel = channel;
  }

  /**
   * Opens a table to append to, making it if it is not there.
   *
   * @throws IOException if the file has other columns or cannot be written
   */
  public static MeasurementLog open(Path file, List<Column> columns) throws IOException {
    MeasurementLog log = atStart(file, columns);
    return log.positioned(wholeLines(Files.readAllBytes(file)));
  }

  /**
   * Opens a table and forgets the rows after a mark.
   *
   * @param mark as {@link #mark} gave it
   * @throws IOException if rows before the mark were lost or changed, or the table has other
   *     columns
   */
  public static MeasurementLog resume(Path file, List<Column> columns, Mark mark)
      throws IOException {
    Optional<Mark> found = markAt(file, mark.length);
    if (!found.equals(Optional.of(mark))) {
      throw new IOException(
          file
              + " does not hold the "
              + mark.length
              + " bytes that it held when the checkpoint was made: rows were lost or changed. Take"
              + " the file from a copy, or start the run again");
    }
    MeasurementLog log = atStart(file, columns);
    byte[] kept = Arrays.copyOf(Files.readAllBytes(file), Math.toIntExact(mark.length));
    int header = CsvText.header(columns).getBytes(UTF_8).length;
    if (wholeLines(kept).length != mark.length || mark.length < header) {
      log.close();
      throw new IOException(
          file + ": no row ends at byte " + mark.length + ", where the checkpoint says one does");
    }
    return log.positioned(kept);
  }

  /** The mark of the first bytes of a file; empty if it has fewer. */
  public static Optional<Mark> markAt(Path file, long length) throws IOException {
    byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    return length < 0 || length > bytes.length
        ? Optional.empty()
        : Optional.of(
            new Mark(length, Digests.sha256(Arrays.copyOf(bytes, Math.toIntExact(length)))));
  }

  /** Reads the rows that are complete; works while the table is being written. */
  public static Table read(Path file) throws IOException {
    byte[] whole = wholeLines(Files.readAllBytes(file));
    return CsvText.table(new String(whole, UTF_8).lines().toList(), file);
  }

  /** Header and rows as the text of a file that is written at once. */
  public static String text(
      List<Column> columns, List<? extends Map<Column, ? extends Number>> rows) {
    StringBuilder text = new StringBuilder(CsvText.header(columns));
    rows.forEach(row -> text.append(CsvText.line(columns, row)));
    return text.toString();
  }

  /**
   * A table of a header and complete rows.
   *
   * @param from named in an error
   */
  public static Table parse(List<String> lines, Path from) throws IOException {
    return CsvText.table(lines, from);
  }

  /**
   * Appends one row.
   *
   * @param row values by column; a column without one is left empty
   * @throws IllegalArgumentException if the table has no such column
   * @throws IOException if the disk is full or failing; the rows before stay readable
   */
  public void append(Map<Column, ? extends Number> row) throws IOException {
    write(CsvText.line(columns, row));
  }

  /** Returns when all rows are on the disk itself. */
  public void force() throws IOException {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** How far the table has come: of the bytes that were written, not of those on the disk. */
  public Mark mark() {
    return new Mark(length, Digests.hex(digest));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static MeasurementLog atStart(Path file, List<Column> columns) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, CREATE, READ, WRITE);
    } catch (IOException e) {
      throw new IOException(
          "cannot write the measurements " + file + ": " + FileFailure.reason(e), e);
    }
    MeasurementLog log = new MeasurementLog(file, columns, channel);
    try {
      byte[] header = CsvText.header(columns).getBytes(UTF_8);
      byte[] there = wholeLines(Files.readAllBytes(file));
      if (there.length == 0) {
        channel.truncate(0);
        log.write(CsvText.header(columns));
      } else if (there.length < header.length
          || !Arrays.equals(header, Arrays.copyOf(there, header.length))) {
        throw new IOException(
            file
                + " has the columns "
                + new String(there, UTF_8).lines().findFirst().orElse("")
                + " instead of "
                + CsvText.header(columns).strip()
                + ": it belongs to another run");
      }
      return log;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private MeasurementLog positioned(byte[] kept) throws IOException {
    positioned(kept.length);
    digest = Digests.of("SHA-256");
    digest.update(kept);
    return this;
  }

  private void positioned(long end) throws IOException {
    channel.truncate(end);
    channel.position(end);
    length = end;
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      length += bytes.limit();
      digest.update(bytes.flip());
    } catch (IOException e) {
      // Half a row is worse than none: what was written before must stay a table.
      positionedQuietly(e);
      throw failure(e);
    }
  }

  private void positionedQuietly(IOException cause) {
    try {
      positioned(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private IOException failure(IOException cause) {
    return new IOException(
        "cannot write the measurements "
            + file
            + ": "
            + FileFailure.reason(cause)
            + ". The rows written before are kept",
        cause);
  }

  /** Up to and with the last line feed. */
  private static byte[] wholeLines(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return Arrays.copyOf(bytes, end);
  }
}
