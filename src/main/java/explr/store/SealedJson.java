package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import explr.file.Digests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * A JSON file that includes its checksum: one member per line in canonical form, and last the
 * SHA-256 of all lines before it, which {@code head -n -2 FILE | sha256sum} reproduces.
 */
final class SealedJson {

  private static final String SEAL = "\n\"sha256\":\"";

  private SealedJson() {}

  /** The text of a file with these members. */
  static String write(Map<String, Object> members) {
    StringBuilder text = new StringBuilder("{\n");
    new TreeMap<>(members)
        .forEach(
            (name, value) ->
                text.append(CanonicalJson.of(name))
                    .append(':')
                    .append(CanonicalJson.of(value))
                    .append(",\n"));
    return text + seal(text.toString());
  }

  private static String seal(String before) {
    return SEAL.substring(1) + Digests.sha256(before.getBytes(UTF_8)) + "\"\n}\n";
  }

  /**
   * Checks the version of a file's format, which is one of its members.
   *
   * @param known the only version so far, which this program writes
   * @throws LaterVersionException if the file's version is higher
   * @throws IOException with what is wrong, if the version is missing or lower
   */
  static void requireVersion(JsonObject members, String name, int known, Path file)
      throws IOException {
    int version;
    try {
      version = members.get(name).getAsInt();
    } catch (RuntimeException missing) {
      throw new IOException("it does not say its version", missing);
    }
    if (version > known) {
      throw new LaterVersionException(file);
    }
    if (version < known) {
      throw new IOException("its version is " + version + " instead of " + known);
    }
  }

  /**
   * The members of a file.
   *
   * @throws IOException with what is wrong, if a byte was lost or changed
   */
  static JsonObject read(byte[] bytes) throws IOException {
    String text = new String(bytes, UTF_8);
    int end = text.lastIndexOf(SEAL) + 1;
    if (bytes.length == 0) {
      throw new IOException("it is empty");
    }
    if (end == 0 || !text.substring(end).equals(seal(text.substring(0, end)))) {
      throw new IOException("its checksum does not fit its content");
    }
    try {
      return JsonParser.parseString(text).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("it is no JSON: " + e.getMessage(), e);
    }
  }
}
