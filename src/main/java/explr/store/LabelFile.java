package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.file.AtomicFile;
import explr.file.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A label in the folder of its start, with the addresses of its run's periods. The file's date is
 * when the run was last trained or read.
 *
 * @param label the purpose of the run
 * @param periods addresses of all periods in their order, including those not trained yet
 */
record LabelFile(Label label, List<Address> periods) {

  private static final String FOLDER = "runs";
  private static final int VERSION = 1;
  private static final int DIGITS = 8;

  /** Copies the list. */
  LabelFile {
    periods = List.copyOf(periods);
  }

  /** The folder of the labels of a start. */
  static Path folder(StartFolder start) {
    return start.folder().resolve(FOLDER);
  }

  /** The files of all labels of a start, damaged ones included. */
  static List<Path> all(StartFolder start) throws IOException {
    try (Stream<Path> files = Files.list(folder(start))) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Made of the run's end and the label's content, so that a run can have several labels. */
  private String name() {
    return name(content());
  }

  private String name(byte[] content) {
    return endName(periods) + "-" + Digests.sha256(content).substring(0, DIGITS) + ".json";
  }

  private byte[] content() {
    return SealedJson.write(members()).getBytes(UTF_8);
  }

  /** The beginning of the names of a run's labels. */
  private static String endName(List<Address> periods) {
    return periods.get(periods.size() - 1).folderName();
  }

  private Map<String, Object> members() {
    return Map.of(
        "label",
        VERSION,
        "profile",
        label.profile(),
        "curve",
        label.curve(),
        "title",
        label.title(),
        "seed",
        label.seed(),
        "periods",
        periods.stream().map(Address::hex).toList());
  }

  /** Writes the label; if it exists, only sets the date of its run's last use to now. */
  void write(StartFolder start) throws IOException {
    byte[] content = content();
    Path file = folder(start).resolve(name(content));
    try {
      if (Arrays.equals(Files.readAllBytes(file), content)) {
        UseDate.update(file);
        return;
      }
    } catch (NoSuchFileException notWritten) {
      // Written below.
    }
    AtomicFile.write(file, content);
  }

  /** Sets the date of a run's last use to now. */
  static void markUsed(StartFolder start, Lineage lineage) throws IOException {
    for (Path file : of(start, lineage)) {
      UseDate.update(file);
    }
  }

  /** Removes the labels of a run. */
  static void delete(StartFolder start, Lineage lineage) throws IOException {
    for (Path file : of(start, lineage)) {
      Files.deleteIfExists(file);
    }
  }

  /** The files of a run's labels, damaged ones included. */
  private static List<Path> of(StartFolder start, Lineage lineage) throws IOException {
    if (lineage.length() == 0) {
      return List.of();
    }
    String name = endName(lineage.periods()) + "-";
    return all(start).stream()
        .filter(file -> file.getFileName().toString().startsWith(name))
        .toList();
  }

  /**
   * Reads a label.
   *
   * @return empty if the file was removed
   * @throws DamagedFileException if it is damaged
   * @throws LaterVersionException if a later version wrote it
   */
  static Optional<LabelFile> read(Path file) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException removed) {
      return Optional.empty();
    }
    try {
      JsonObject members = SealedJson.read(bytes);
      SealedJson.requireVersion(members, "label", VERSION, file);
      LabelFile read = of(members);
      if (!read.name().equals(file.getFileName().toString())) {
        throw new IOException("its name is that of another label");
      }
      return Optional.of(read);
    } catch (LaterVersionException notDamaged) {
      throw notDamaged;
    } catch (IOException e) {
      throw new DamagedFileException(
          file,
          e.getMessage(),
          "Delete it; it is written again when its run is trained, and decides nothing",
          e);
    }
  }

  private static LabelFile of(JsonObject members) throws IOException {
    try {
      List<Address> periods = new ArrayList<>();
      for (JsonElement address : members.getAsJsonArray("periods")) {
        periods.add(new Address(address.getAsString()));
      }
      Label label =
          new Label(
              members.get("profile").getAsString(),
              members.get("curve").getAsString(),
              members.get("title").getAsString(),
              members.get("seed").getAsLong());
      return new LabelFile(label, periods);
    } catch (RuntimeException e) {
      throw new IOException("it lacks what belongs in it", e);
    }
  }
}
