package explr.notebook;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Optional;

/**
 * One run of one of a notebook's cells.
 *
 * @param cell what the page calls the cell, the same at each of its runs
 * @param request the message by which the page asked for this run
 */
record Execution(String cell, String request) {

  /**
   * The run whose outputs a kernel's display now takes.
   *
   * <p>Neither kernel offers it, so it is looked up in the display's fields, which are the same in
   * JJava 1.0 and IJava 1.3. JupyterLab names the cell in what it asks; not every program that runs
   * notebooks does.
   *
   * @return nothing where no cell runs or the page did not name it, or for another kind of kernel
   */
  static Optional<Execution> of(Object display) {
    try {
      Object environment = environment(display);
      if (environment == null) {
        return Optional.empty();
      }
      Object request = call(environment, "getContext");
      return call(request, "getMetadata") instanceof Map<?, ?> metadata
              && metadata.get("cellId") instanceof String cell
          ? Optional.of(new Execution(cell, (String) call(call(request, "getHeader"), "getId")))
          : Optional.empty();
    } catch (ReflectiveOperationException | RuntimeException anotherKindOfKernel) {
      return Optional.empty();
    }
  }

  private static Object environment(Object display) throws ReflectiveOperationException {
    for (Class<?> type = display.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType().getSimpleName().equals("ShellReplyEnvironment")) {
          field.setAccessible(true);
          return field.get(display);
        }
      }
    }
    return null;
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
