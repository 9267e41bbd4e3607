package explr.store;

import java.nio.file.Path;

/**
 * A damaged file of a store.
 *
 * @param file the damaged file
 * @param reason what is wrong with it
 * @param repair what {@code environment/store verify --repair} does, or did
 */
public record DamagedFile(Path file, String reason, String repair) {

  /** The file, what is wrong, and what repairs it. */
  @Override
  public String toString() {
    return file + " is damaged: " + reason + "; repair: " + repair;
  }
}
