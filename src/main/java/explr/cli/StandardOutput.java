package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/** Records why a write failed, which a print stream does not report. */
final class StandardOutput extends FilterOutputStream {

  /** The message of a command that stops because it cannot write; the reason follows. */
  static final String FAILED = "standard output cannot be written";

  private IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  /** A stream for text in UTF-8 that writes to this one. */
  PrintStream printStream() {
    return new PrintStream(this, true, UTF_8);
  }

  /** Why a write failed; empty if none did. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(e -> FAILED + ": " + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
  }

  /**
   * Whether a write failed because the reader of a pipe closed it, as {@code head} does after ten
   * lines. Java reports this only by the text of the operating system.
   */
  synchronized boolean readerClosedPipe() {
    return failure != null
        && String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    try {
      out.write(value);
    } catch (IOException e) {
      throw remembered(e);
    }
  }

  private synchronized IOException remembered(IOException e) {
    if (failure == null) {
      failure = e;
    }
    return e;
  }
}
