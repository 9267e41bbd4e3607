package explr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/** Writes to a print writer and throws if that fails, which a print writer only records. */
final class CheckedWriter extends Writer {

  private final PrintWriter out;

  CheckedWriter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(text, offset, length);
    check();
  }

  @Override
  public void flush() throws IOException {
    check();
  }

  @Override
  public void close() throws IOException {
    check();
  }

  private void check() throws IOException {
    if (out.checkError()) {
      throw new IOException(StandardOutput.FAILED);
    }
  }
}
