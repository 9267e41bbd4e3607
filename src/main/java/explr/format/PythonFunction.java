package explr.format;

import java.util.List;

/**
 * A function that an exported module defines if one of its schedules calls it.
 *
 * @param name by which it is called
 * @param text its definition, which may use the module {@code math}
 * @param needs the functions that it calls
 */
record PythonFunction(String name, String text, List<PythonFunction> needs) {

  /** A function by its definition, {@code def name(…):}. */
  static PythonFunction of(String text, PythonFunction... needs) {
    String name = text.substring("def ".length(), text.indexOf('('));
    return new PythonFunction(name, text, List.of(needs));
  }
}
