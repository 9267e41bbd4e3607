package explr.format;

/** Something wrong in a recipe file, its message beginning with the path of the key. */
final class LocatedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;
  private static final int LONGEST_PATH = 200;

  LocatedException(String path, String message) {
    super(path.isEmpty() ? message : shortened(path) + ": " + message);
  }

  /** A path in which no key is longer than a message can bear. */
  private static String shortened(String path) {
    return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH - 3) + "...";
  }
}
