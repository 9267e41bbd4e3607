package explr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The damaged files that a {@link Verification} finds; repairs each at once if asked to. */
final class Findings {

  private final boolean repair;
  private final Consumer<String> notice;
  private final List<DamagedFile> files = new ArrayList<>();

  /**
   * No findings yet.
   *
   * @param repair whether damaged files are repaired
   * @param notice receives a sentence on what is not checked, and on what is missing
   */
  Findings(boolean repair, Consumer<String> notice) {
    this.repair = repair;
    this.notice = notice;
  }

  /** Whether damaged files are repaired. */
  boolean repair() {
    return repair;
  }

  /** The damaged files in the order in which they were found. */
  List<DamagedFile> files() {
    return List.copyOf(files);
  }

  /** Reports something that is no damage. */
  void notice(String sentence) {
    notice.accept(sentence);
  }

  /**
   * Adds a damaged file.
   *
   * @param reason what is wrong with it
   * @param description of the repair
   * @param action repairs it
   */
  void add(Path file, String reason, String description, Uninterrupted.Action action)
      throws IOException {
    files.add(new DamagedFile(file, reason, description));
    if (repair) {
      action.run();
    }
  }

  /** Adds a damaged file that is repaired by removing it. */
  void addAndRemove(Path file, String reason, String description) throws IOException {
    add(file, reason, description, () -> Files.deleteIfExists(file));
  }
}
