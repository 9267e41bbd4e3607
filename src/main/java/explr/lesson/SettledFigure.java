package explr.lesson;

import explr.figure.Figure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure made quick to draw again: what Plotly would measure anew at every move is settled once.
 *
 * <p>The panels of a column share one axis across instead of showing the same twice. Labels keep
 * their angle, are few, and are not looked through for one that overflows, which takes Plotly the
 * square of their number; margins do not follow them. Together this is most of the time of a move.
 */
final class SettledFigure {

  private SettledFigure() {}

  /** The same curves, on settled axes. */
  static Figure of(Figure figure) {
    Map<String, Object> layout = new LinkedHashMap<>(figure.layout());
    Map<Object, String> byDomain = new HashMap<>();
    Map<String, String> shared = new HashMap<>();
    for (String name : across(layout)) {
      Map<Object, Object> axis = new LinkedHashMap<>((Map<?, ?>) layout.get(name));
      String first = byDomain.putIfAbsent(axis.get("domain"), id(name));
      axis.remove("matches");
      if (first == null) {
        layout.put(name, axis);
      } else {
        // The lower of the two says what they show, and stands at the foot of the column.
        layout.remove(name);
        layout.put("xaxis" + first.substring(1), axis);
        shared.put(id(name), first);
      }
    }
    layout.replaceAll(
        (name, value) ->
            name.matches("[xy]axis\\d*") && value instanceof Map<?, ?> axis
                ? settled(axis, shared)
                : value);
    List<Map<String, Object>> data = new ArrayList<>();
    for (Map<String, Object> trace : figure.data()) {
      Map<String, Object> moved = new LinkedHashMap<>(trace);
      moved.replace("xaxis", shared.getOrDefault(trace.get("xaxis"), (String) trace.get("xaxis")));
      data.add(moved);
    }
    return new Figure(data, layout);
  }

  /** The names of the axes across, in the order of the panels. */
  private static List<String> across(Map<String, Object> layout) {
    return layout.keySet().stream().filter(name -> name.startsWith("xaxis")).sorted().toList();
  }

  /** What traces and other axes call an axis: x3 for xaxis3. */
  private static String id(String name) {
    return name.replace("axis", "");
  }

  private static Map<Object, Object> settled(Map<?, ?> axis, Map<String, String> shared) {
    Map<Object, Object> settled = new LinkedHashMap<>(axis);
    settled.computeIfPresent("anchor", (key, to) -> shared.getOrDefault(to, (String) to));
    if (axis.get("title") instanceof Map<?, ?> title && "".equals(title.get("text"))) {
      settled.remove("title"); // even one without text has its distance measured
    }
    settled.put("automargin", false);
    settled.put("tickangle", 0);
    settled.put("ticklabeloverflow", "allow");
    if ("log".equals(axis.get("type"))) {
      settled.put("dtick", 1);
    } else {
      settled.put("nticks", 5);
    }
    return settled;
  }
}
