package explr.store;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code entry.json} of a period: exists if and only if the period is done, and holds the
 * checksum of each of its permanent files.
 *
 * <p>The states {@code state.bin} and {@code checkpoint.bin} are temporary. Each includes its own
 * checksum and address.
 *
 * @param address of the period's end
 * @param files checksums by file name
 */
record PeriodChecksums(Address address, Map<String, Checksum> files) {

  static final String FILE = "entry.json";

  private static final int VERSION = 1;

  /** Copies the map. */
  PeriodChecksums {
    files = Map.copyOf(files);
  }

  /** Writes it into the folder of its period, after all other files. */
  void write(Path folder) throws IOException {
    Map<String, Object> checksums = new LinkedHashMap<>();
    files.forEach(
        (name, checksum) ->
            checksums.put(name, Map.of("bytes", checksum.bytes(), "sha256", checksum.sha256())));
    AtomicFile.write(
        folder.resolve(FILE),
        SealedJson.write(Map.of("entry", VERSION, "address", address.hex(), "files", checksums)));
  }

  /**
   * Reads it.
   *
   * @return empty if there is none
   * @throws DamagedFileException if it is damaged
   * @throws LaterVersionException if a later version wrote it
   */
  static Optional<PeriodChecksums> read(Path folder) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(folder.resolve(FILE));
    } catch (NoSuchFileException notDone) {
      return Optional.empty();
    }
    try {
      JsonObject members = SealedJson.read(bytes);
      SealedJson.requireVersion(members, "entry", VERSION, folder.resolve(FILE));
      return Optional.of(of(members));
    } catch (LaterVersionException notDamaged) {
      throw notDamaged;
    } catch (IOException e) {
      throw DamagedFileException.ofPeriod(folder.resolve(FILE), e.getMessage(), e);
    }
  }

  private static PeriodChecksums of(JsonObject members) throws IOException {
    try {
      Map<String, Checksum> files = new LinkedHashMap<>();
      for (Map.Entry<String, JsonElement> file : members.getAsJsonObject("files").entrySet()) {
        JsonObject checksum = file.getValue().getAsJsonObject();
        files.put(
            file.getKey(),
            new Checksum(checksum.get("bytes").getAsLong(), checksum.get("sha256").getAsString()));
      }
      return new PeriodChecksums(new Address(members.get("address").getAsString()), files);
    } catch (RuntimeException e) {
      throw new IOException("it lacks what belongs in it", e);
    }
  }
}
