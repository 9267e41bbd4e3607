package explr.store;

/**
 * The name of a state of training: the SHA-256 of its {@link Identity}.
 *
 * <p>The identity of a period holds the address of the state before it and every value that drives
 * the period. Runs with the same rates up to some iteration therefore have the same addresses up to
 * it, whatever their names and later rates.
 *
 * @param hex 64 hexadecimal digits
 */
public record Address(String hex) {

  /** The number of digits in the name of a folder. */
  static final int FOLDER_DIGITS = 32;

  /** Requires a SHA-256. */
  public Address {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("an address is a SHA-256 in hexadecimal, not " + hex);
    }
  }

  /** Short enough for a path, long enough to be unique. */
  String folderName() {
    return hex.substring(0, FOLDER_DIGITS);
  }

  /** The first digits, enough to distinguish addresses. */
  @Override
  public String toString() {
    return hex.substring(0, 12);
  }
}
