package explr.data;

/**
 * Data are missing, damaged or not what they are said to be; the message names the place, the value
 * found there and the way out.
 *
 * <p>Unchecked, because a caller can seldom mend it: a command prints the message, a notebook cell
 * shows it. Arguments that a caller got wrong are {@link IllegalArgumentException}s.
 */
public final class DataException extends RuntimeException {

  /** An error with nothing beneath it. */
  public DataException(String message) {
    super(message);
  }

  /** An error that another one caused. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
