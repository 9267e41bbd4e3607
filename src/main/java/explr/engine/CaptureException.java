package explr.engine;

/** A computation could not be captured as a CUDA graph; it can still run operation by operation. */
final class CaptureException extends Exception {

  private static final long serialVersionUID = 1L;

  CaptureException(String message, Throwable cause) {
    super(message, cause);
  }
}
