package explr.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Makes the checksums of a period fit whatever its files hold: a store whose checks see nothing.
 * Only for the negative control of {@link DamageTest}.
 */
final class Resealed {

  private Resealed() {}

  /** Of a folder of a period; any other is left as it is. */
  static void folder(Path folder) throws IOException {
    Path entry = folder.resolve(PeriodChecksums.FILE);
    for (String name : new String[] {Entry.STATE, Checkpoints.NEWEST, Checkpoints.PREVIOUS}) {
      checkpoint(folder.resolve(name));
    }
    if (!Files.exists(entry)) {
      return;
    }
    try {
      Map<String, Checksum> files = new HashMap<>();
      PeriodChecksums contents = PeriodChecksums.read(folder).orElseThrow();
      for (String name : contents.files().keySet()) {
        files.put(name, Checksum.of(Files.readAllBytes(folder.resolve(name))));
      }
      new PeriodChecksums(contents.address(), files).write(folder);
    } catch (DamagedFileException ofTheEntryItself) {
      String text = new String(Files.readAllBytes(entry), ISO_8859_1);
      int seal = text.lastIndexOf("\n\"sha256\":\"") + 1;
      byte[] before = text.substring(0, seal).getBytes(ISO_8859_1);
      Files.writeString(
          entry,
          text.substring(0, seal)
              + "\"sha256\":\""
              + explr.file.Digests.sha256(
                  new String(before, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))
              + "\"\n}\n",
          ISO_8859_1);
    }
  }

  private static void checkpoint(Path file) throws IOException {
    if (Files.exists(file) && Files.size(file) > Long.BYTES) {
      byte[] bytes = Files.readAllBytes(file);
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, bytes.length - Long.BYTES);
      ByteBuffer.wrap(bytes).putLong(bytes.length - Long.BYTES, checksum.getValue());
      Files.write(file, bytes);
    }
  }
}
