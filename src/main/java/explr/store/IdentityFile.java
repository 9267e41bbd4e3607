package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.AtomicFile;
import explr.file.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The identity of a start or period in its folder. It needs no checksum: its SHA-256 is the
 * address, whose first half names the folder.
 */
final class IdentityFile {

  private IdentityFile() {}

  /**
   * Reads an identity.
   *
   * @param named the folder whose name is the beginning of the address
   * @return empty if it is missing or has another address
   */
  static Optional<Identity> read(Path file, Path named) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      boolean fits = Digests.sha256(bytes).startsWith(named.getFileName().toString());
      return fits ? Optional.of(new Identity(new String(bytes, UTF_8))) : Optional.empty();
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    }
  }

  /** What is wrong with an identity; empty if nothing is. */
  static Optional<String> mismatch(Path file, Path named) throws IOException {
    if (read(file, named).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        Files.exists(file) ? "its SHA-256 is not the folder's name" : "it is missing");
  }

  /**
   * Writes an identity, unless it exists.
   *
   * @param identity called only to write: the text of a period may be long
   * @param notice receives a sentence if the file is damaged
   */
  static void write(Path file, Path named, Supplier<Identity> identity, Consumer<String> notice)
      throws IOException {
    if (read(file, named).isPresent()) {
      return;
    }
    if (Files.exists(file)) {
      notice.accept(
          file + " is damaged: its SHA-256 is not the folder's name. It is written again");
    }
    AtomicFile.write(file, identity.get().json());
  }
}
