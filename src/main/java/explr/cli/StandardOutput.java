package explr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;

/** Remembers why output was lost; a print stream does not say it. */
final class StandardOutput extends FilterOutputStream {

  /** The message of a command that stops because its output is lost; the reason follows. */
  static final String FAILED = "standard output cannot be written";

  private IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  /** This stream as one for text in UTF-8. */
  PrintStream printStream() {
    return new PrintStream(this, true, UTF_8);
  }

  /** Why something was not written, if something was not. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(e -> FAILED + ": " + Optional.ofNullable(e.getMessage()).orElse(e.toString()));
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
