package explr.lesson;

import explr.figure.Figure;
import explr.figure.Style.Dash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

  /**
   * The same figure with its legends written as text, which a move leaves as it is: laying them out
   * anew took a third of a redraw. What is lost is hiding a curve by a click.
   */
  static Figure withoutLegends(Figure figure) {
    Map<String, Object> layout = new LinkedHashMap<>(figure.layout());
    List<Object> notes = new ArrayList<>();
    if (layout.get("annotations") instanceof List<?> others) {
      notes.addAll(others);
    }
    for (Map.Entry<String, Object> entry : figure.layout().entrySet()) {
      if (entry.getKey().matches("legend\\d*") && entry.getValue() instanceof Map<?, ?> legend) {
        notes.add(note(legend, entries(figure, entry.getKey())));
        layout.remove(entry.getKey());
      }
    }
    layout.put("annotations", notes);
    layout.put("showlegend", false);
    return new Figure(figure.data(), layout);
  }

  private static Map<String, Object> note(Map<?, ?> legend, String entries) {
    String title = legend.get("title") instanceof Map<?, ?> text ? text.get("text") + "<br>" : "";
    Map<String, Object> note = new LinkedHashMap<>();
    note.put("text", title + entries);
    note.putAll(Map.of("x", legend.get("x"), "y", legend.get("y"), "xref", "paper"));
    note.putAll(Map.of("yref", "paper", "xanchor", "left", "yanchor", "bottom"));
    note.putAll(Map.of("showarrow", false, "align", "left", "font", legend.get("font")));
    return note;
  }

  /** The names of a legend's curves, each after a stroke of its colour. */
  private static String entries(Figure figure, String legend) {
    return figure.data().stream()
        .filter(trace -> legend.equals(trace.get("legend")))
        .filter(trace -> !Boolean.FALSE.equals(trace.get("showlegend")))
        .map(
            trace -> {
              Map<?, ?> line = (Map<?, ?>) trace.get("line");
              return "<span style=\"color:%s\"><b>%s</b></span> %s"
                  .formatted(line.get("color"), stroke(trace, line), trace.get("name"));
            })
        .collect(Collectors.joining("   "));
  }

  private static String stroke(Map<String, Object> trace, Map<?, ?> line) {
    if ("markers".equals(trace.get("mode"))) {
      return "●";
    }
    return Arrays.stream(Dash.values())
        .filter(dash -> dash.plotly().equals(line.get("dash")))
        .map(SettledFigure::stroke)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no stroke is known for " + line.get("dash")));
  }

  private static String stroke(Dash dash) {
    return switch (dash) {
      case SOLID -> "——";
      case DOT -> "· · ·";
      case DASH -> "–\u00a0\u00a0–";
    };
  }
}
