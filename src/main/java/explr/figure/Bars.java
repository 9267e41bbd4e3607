package explr.figure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Quantities under each other as horizontal bars, each with whiskers from its smallest to its
 * largest value.
 *
 * @param title what the figure shows
 * @param subtitle under what settings
 * @param quantity what the bars measure, with its unit
 * @param bars from the top
 * @param caption what to see in it
 * @param alternativeText what is drawn, for those who cannot see it
 */
public record Bars(
    String title,
    String subtitle,
    String quantity,
    List<Bar> bars,
    String caption,
    String alternativeText) {

  private static final int TOP = 84;
  private static final int BOTTOM = 60;
  private static final int PIXELS_PER_BAR = 32;

  /**
   * A bar.
   *
   * @param name next to it
   * @param value its length
   * @param low where the whisker begins
   * @param high where it ends
   * @param color of the bar
   */
  public record Bar(String name, double value, double low, double high, Style.Color color) {}

  /** Copies the list, and refuses two bars of one name, which would lie on each other. */
  public Bars {
    bars = List.copyOf(bars);
    List<String> names = bars.stream().map(Bar::name).toList();
    if (names.stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("two bars have the same name: " + names);
    }
  }

  /** The bars as Plotly draws them. */
  public Figure figure() {
    Map<String, Object> trace = new LinkedHashMap<>();
    trace.put("type", "bar");
    trace.put("orientation", "h");
    trace.put("x", bars.stream().map(Bar::value).toList());
    trace.put("y", bars.stream().map(Bar::name).toList());
    trace.put("marker", Map.of("color", bars.stream().map(bar -> bar.color.line()).toList()));
    trace.put("error_x", whiskers());
    // At the foot of a bar, where no whisker crosses it.
    trace.put("texttemplate", "%{x:.3~s}");
    trace.put("textposition", "inside");
    trace.put("insidetextanchor", "start");
    trace.put("textangle", 0);
    trace.put("insidetextfont", Map.of("color", Style.PAPER, "size", Style.FONT_SIZE));
    trace.put("hovertemplate", "%{y}: %{x:.4~g}<extra></extra>");
    trace.put("showlegend", false);
    return new Figure(List.of(trace), layout());
  }

  private Map<String, Object> whiskers() {
    List<Double> up = new ArrayList<>();
    List<Double> down = new ArrayList<>();
    for (Bar bar : bars) {
      up.add(bar.high - bar.value);
      down.add(bar.value - bar.low);
    }
    Map<String, Object> whiskers = new LinkedHashMap<>();
    whiskers.putAll(Map.of("type", "data", "symmetric", false, "array", up, "arrayminus", down));
    whiskers.putAll(Map.of("color", Style.INK, "thickness", 1.5, "width", 4));
    return whiskers;
  }

  private Map<String, Object> layout() {
    Map<String, Object> heading =
        new LinkedHashMap<>(Style.text("<b>" + title + "</b>", 18, Style.INK));
    heading.put("subtitle", Style.text(subtitle, Style.FONT_SIZE, Style.FAINT_INK));
    heading.putAll(Map.of("x", 0, "xref", "container", "xanchor", "left"));
    heading.putAll(Map.of("y", 1, "yref", "container", "yanchor", "top"));
    heading.put("pad", Map.of("t", 18, "l", 24));
    Map<String, Object> across = new LinkedHashMap<>(Axis.linear(quantity).toPlotly(0));
    across.put("rangemode", "tozero");
    Map<String, Object> up = new LinkedHashMap<>();
    up.put("autorange", "reversed");
    up.put("automargin", true);
    up.put("showline", true);
    up.put("linecolor", Style.FAINT_INK);
    up.put("ticks", "");
    up.put("ticklabelstandoff", 6);
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", heading);
    layout.put("font", Style.font());
    layout.put("height", TOP + BOTTOM + PIXELS_PER_BAR * Math.max(1, bars.size()));
    layout.put("autosize", true);
    layout.put("margin", Map.of("t", TOP, "b", BOTTOM, "l", 24, "r", 24));
    layout.put("paper_bgcolor", Style.PAPER);
    layout.put("plot_bgcolor", Style.PAPER);
    layout.put("bargap", 0.25);
    layout.put("xaxis", across);
    layout.put("yaxis", up);
    layout.put("meta", Map.of("caption", caption, "alt", alternativeText));
    return layout;
  }
}
