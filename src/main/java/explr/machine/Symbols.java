package explr.machine;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of a native library.
 *
 * @param name of the library, or its file
 * @param library opened for calls from here alone
 */
public record Symbols(String name, NativeLibrary library) {

  /**
   * Omits RTLD_GLOBAL, JNA's default: with it, functions of this library would replace those of the
   * same name in other libraries of this process, and compute other bits.
   */
  private static final Map<String, Integer> FOR_CALLS_FROM_HERE =
      Map.of(Library.OPTION_OPEN_FLAGS, 1); // RTLD_LAZY

  /**
   * Opens a library.
   *
   * @param name of the library, or its file
   * @throws IllegalStateException if it cannot be loaded
   */
  public static Symbols of(String name) {
    try {
      return new Symbols(name, NativeLibrary.getInstance(name, FOR_CALLS_FROM_HERE));
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException("the library " + name + " cannot be loaded", e);
    }
  }

  /** The first of several libraries that can be loaded, empty if none can. */
  public static Optional<Symbols> firstOf(List<String> names) {
    for (String name : names) {
      try {
        return Optional.of(of(name));
      } catch (IllegalStateException next) {
        continue;
      }
    }
    return Optional.empty();
  }

  /**
   * A function.
   *
   * @param symbol as the library exports it, in C++ the mangled name
   * @throws IllegalStateException if the library does not export it
   */
  public Function function(String symbol) {
    try {
      return library.getFunction(symbol);
    } catch (UnsatisfiedLinkError e) {
      throw new IllegalStateException(
          "%s does not have the function %s".formatted(name, symbol), e);
    }
  }

  /** Whether the library exports a function. */
  public boolean has(String symbol) {
    try {
      library.getFunction(symbol);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }
}
