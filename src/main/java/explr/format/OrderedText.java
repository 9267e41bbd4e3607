package explr.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Parts of a text, formatted on all processors and written in the order in which they were added.
 * Nearly all the time of a long file goes into formatting its numbers.
 */
final class OrderedText {

  private static final int AHEAD = 2 * Runtime.getRuntime().availableProcessors();

  private final Writer out;
  private final Queue<CompletableFuture<String>> parts = new ArrayDeque<>();

  OrderedText(Writer out) {
    this.out = out;
  }

  /**
   * Adds a part; waits where too many are not written yet.
   *
   * @throws UncheckedIOException if an earlier part cannot be written
   */
  void add(Supplier<String> part) {
    if (parts.size() >= AHEAD) {
      writeNext();
    }
    parts.add(CompletableFuture.supplyAsync(part));
  }

  /** Writes the remaining parts. */
  void end() {
    while (!parts.isEmpty()) {
      writeNext();
    }
  }

  private void writeNext() {
    try {
      out.write(parts.remove().join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CompletionException e) {
      throw new IllegalStateException("a number has a text", e);
    }
  }
}
