package explr.benchmark;

import java.io.IOException;

/** A variant needs what is not on this machine; the message says what. */
final class NotInstalledException extends IOException {
  private static final long serialVersionUID = 1;

  NotInstalledException(String message) {
    super(message);
  }
}
