package explr.store;

/**
 * The name of a state of training, made of all that led to it: the SHA-256 of its {@link Identity}.
 *
 * <p>The identity of a period holds the address of the state before it and every value that drove
 * the training since. So runs that are driven alike up to some iteration pass states of the same
 * addresses until then, whatever they are called and however they continue.
 *
 * @param hex 64 hexadecimal digits
 */
public record Address(String hex) {

  /** How much of it names a folder. */
  static final int FOLDER_DIGITS = 32;

  /** Refuses what is no SHA-256. */
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
