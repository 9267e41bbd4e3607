package explr.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why a file could not be read or written, as a person says it. */
public final class FileFailure {

  private FileFailure() {}

  /**
   * The reason. The message of a file system's exception is often a file's name alone, and its
   * class says what is wrong with it.
   */
  public static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      return "no permission for " + denied.getFile();
    }
    if (failure instanceof NoSuchFileException missing) {
      return "there is no " + missing.getFile();
    }
    if (failure instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is in the way";
    }
    if (failure instanceof CharacterCodingException) {
      return "it is not text in UTF-8";
    }
    String kind = failure.getClass().getSimpleName();
    if (failure instanceof FileSystemException other && other.getReason() == null) {
      return kind + ": " + other.getFile();
    }
    return Optional.ofNullable(failure.getMessage()).orElse(kind);
  }

  /** The same of one that was passed on; its own message, where it was given one. */
  public static String reason(UncheckedIOException failure) {
    String passedOn = failure.getCause().toString();
    return passedOn.equals(failure.getMessage())
        ? reason(failure.getCause())
        : failure.getMessage();
  }
}
