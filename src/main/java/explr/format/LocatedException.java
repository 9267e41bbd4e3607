package explr.format;

/** Something wrong in a recipe file, its message beginning with the path of the key. */
final class LocatedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  LocatedException(String path, String message) {
    super(path.isEmpty() ? message : path + ": " + message);
  }
}
