package explr.notebook;

import java.lang.reflect.Method;
import java.util.Arrays;

/**
 * JSON in the types of a kernel, by name: JJava has a copy of Gson under a package of its own, and
 * the version that the project is compiled against has the ordinary one.
 */
final class KernelJson {

  private KernelJson() {}

  /** Sends an object in JSON by a comm of either kernel. */
  static void send(Object comm, String json) {
    call(
        () -> {
          Method send = method(comm.getClass(), "send", "JsonObject");
          return send.invoke(comm, parse(json, send.getParameterTypes()[0]));
        });
  }

  /** The object in JSON that a comm's message carries. */
  static String data(Object command) {
    return call(() -> command.getClass().getMethod("getData").invoke(command)).toString();
  }

  /** Puts every member of an object in JSON into the message that opens a comm. */
  static void putAll(Object command, String json) {
    call(
        () -> {
          Object data = command.getClass().getMethod("getData").invoke(command);
          Object members = parse(json, data.getClass());
          for (Object key : (Iterable<?>) data.getClass().getMethod("keySet").invoke(members)) {
            Object value = data.getClass().getMethod("get", String.class).invoke(members, key);
            method(data.getClass(), "add", "String", "JsonElement").invoke(data, key, value);
          }
          return null;
        });
  }

  private static Method method(Class<?> type, String name, String... parameters)
      throws NoSuchMethodException {
    for (Method method : type.getMethods()) {
      if (method.getName().equals(name)
          && Arrays.equals(
              Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toArray(),
              parameters)) {
        return method;
      }
    }
    throw new NoSuchMethodException(type + "." + name + Arrays.toString(parameters));
  }

  private static Object parse(String json, Class<?> objectType)
      throws ReflectiveOperationException {
    Class<?> gson =
        Class.forName(objectType.getPackageName() + ".Gson", true, objectType.getClassLoader());
    return gson.getMethod("fromJson", String.class, Class.class)
        .invoke(gson.getConstructor().newInstance(), json, objectType);
  }

  /** A reflective call. */
  private interface Call {
    Object now() throws ReflectiveOperationException;
  }

  private static Object call(Call call) {
    try {
      return call.now();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          "this Java kernel's messages have another form than those of JJava 1.0 and IJava 1.3 ("
              + e
              + "); sliders then show what was computed beforehand",
          e);
    }
  }
}
