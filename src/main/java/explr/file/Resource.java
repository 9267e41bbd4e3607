package explr.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Text files of the library. */
public final class Resource {

  private Resource() {}

  /**
   * The text of a file.
   *
   * @param neighbor a class of the package that contains it
   * @throws IllegalStateException if it is missing
   */
  public static String text(Class<?> neighbor, String name) {
    try (InputStream in = neighbor.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT,
                "%s is missing from the library, next to %s; build the project again",
                name,
                neighbor.getName()));
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          String.format(
              Locale.ROOT,
              "%s of the library, next to %s, cannot be read",
              name,
              neighbor.getName()),
          e);
    }
  }
}
