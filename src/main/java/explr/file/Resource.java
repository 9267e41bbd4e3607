package explr.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Texts that come with the library. */
public final class Resource {

  private Resource() {}

  /**
   * The text of a file.
   *
   * @param beside a class of the package in whose folder it lies
   * @throws IllegalStateException if it is not there
   */
  public static String text(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(
            "%s is missing from the library, beside %s; build the project again"
                .formatted(name, beside.getName()));
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s of the library, beside %s, cannot be read".formatted(name, beside.getName()), e);
    }
  }
}
