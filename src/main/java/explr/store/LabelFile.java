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
import java.util.stream.Stream;

/**
 * A label in the folder of its start, with the addresses of the periods that its run passes. Its
 * date is when the run was last trained or read.
 *
 * @param label what the run was for
 * @param periods their addresses, the first one's first; those that are not trained yet included
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
    Path folder = folder(start);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  /** Named after the end of its run and what it says, so that a run may have two. */
  private String name() {
    String text = SealedJson.write(members());
    return endName(periods)
        + "-"
        + Digests.sha256(text.getBytes(UTF_8)).substring(0, DIGITS)
        + ".json";
  }

  /** With what the names of the labels of a run begin. */
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

  /** Writes it, or notes that its run is used now. */
  void write(StartFolder start) throws IOException {
    Path file = folder(start).resolve(name());
    byte[] content = SealedJson.write(members()).getBytes(UTF_8);
    try {
      if (Arrays.equals(Files.readAllBytes(file), content)) {
        Entry.markUsed(file);
        return;
      }
    } catch (NoSuchFileException notWritten) {
      // It is written now.
    }
    AtomicFile.write(file, content);
  }

  /** Notes that a run is read now. */
  static void markUsed(StartFolder start, Lineage lineage) throws IOException {
    for (Path file : all(start)) {
      if (file.getFileName().toString().startsWith(endName(lineage.periods()))) {
        Entry.markUsed(file);
      }
    }
  }

  /**
   * Reads a label.
   *
   * @throws DamagedFileException if it is damaged
   */
  static LabelFile read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    try {
      LabelFile read = of(SealedJson.read(bytes));
      if (!read.name().equals(file.getFileName().toString())) {
        throw new IOException("its name is that of another label");
      }
      return read;
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
