package explr.figure;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The appearance of all figures.
 *
 * <p>Dark ink on a white background, so that a figure looks the same in a paper, on a projector and
 * in a dark notebook. Colours are those of Okabe and Ito (2008), which can be distinguished with
 * any colour vision; yellow and pale blue, too faint on white, are omitted, and purple is darkened.
 * Curves of one colour differ in their dash.
 */
public final class Style {

  /** A colour of a curve. */
  public enum Color {
    /** The run without weight decay, at an exponential rate. */
    VERMILLION(213, 94, 0),
    /** The run with weight decay. */
    BLUE(0, 114, 178),
    /** The third curve. */
    GREEN(0, 158, 115),
    /** The fourth curve. */
    PURPLE(170, 70, 140),
    /** The fifth curve. */
    ORANGE(230, 159, 0),
    /** A reference to compare with. */
    GRAY(110, 110, 110);

    private final int red;
    private final int green;
    private final int blue;

    Color(int red, int green, int blue) {
      this.red = red;
      this.green = green;
      this.blue = blue;
    }

    String line() {
      return "rgb(" + red + "," + green + "," + blue + ")";
    }

    String band() {
      return "rgba(" + red + "," + green + "," + blue + ",0.2)";
    }
  }

  /** The stroke of a curve. */
  public enum Dash {
    /** A solid line. */
    SOLID("solid"),
    /** A dotted line. */
    DOT("dot"),
    /** A dashed line. */
    DASH("6px,3px"),
    /** Points instead of a line. */
    POINTS("solid");

    private final String plotly;

    Dash(String plotly) {
      this.plotly = plotly;
    }

    /** The {@code dash} of a line in Plotly's JSON. */
    String plotly() {
      return plotly;
    }

    /** Characters that look like this stroke. */
    String text() {
      return switch (this) {
        case SOLID -> "——";
        case DOT -> "· · ·";
        case DASH -> "–\u00a0\u00a0–";
        case POINTS -> "●";
      };
    }
  }

  /** Width of a curve, in pixels. */
  static final double LINE_WIDTH = 2;

  /** Default width of a picture, in pixels. */
  static final int WIDTH = 1000;

  static final String INK = "#1a1a1a";
  static final String FAINT_INK = "#595959";
  static final String GRID = "#e6e6e6";
  static final String PAPER = "#ffffff";
  static final int FONT_SIZE = 14;
  static final String FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif";

  private Style() {}

  static Map<String, Object> font() {
    return Map.of("family", FONT, "size", FONT_SIZE, "color", INK);
  }

  /** Text in the object form that plotly.js 3 requires of titles. */
  static Map<String, Object> text(String text, int size, String color) {
    return Map.of("text", text, "font", Map.of("size", size, "color", color));
  }

  /** The common part of all layouts: title, subtitle, caption and alternative text. */
  static Map<String, Object> frame(
      String title, String subtitle, int height, String caption, String alternativeText) {
    Map<String, Object> heading = new LinkedHashMap<>(text("<b>" + title + "</b>", 18, INK));
    heading.put("subtitle", text(subtitle, FONT_SIZE, FAINT_INK));
    heading.putAll(Map.of("x", 0, "xref", "paper", "xanchor", "left"));
    heading.putAll(Map.of("y", 1, "yref", "container", "yanchor", "top", "pad", Map.of("t", 18)));
    Map<String, Object> layout = new LinkedHashMap<>();
    layout.put("title", heading);
    layout.put("font", font());
    layout.put("height", height);
    layout.put("autosize", true);
    layout.put("paper_bgcolor", PAPER);
    layout.put("plot_bgcolor", PAPER);
    layout.put("hoverlabel", Map.of("namelength", -1));
    layout.put("meta", Map.of("caption", caption, "alt", alternativeText));
    return layout;
  }
}
