package explr.figure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An axis: what it measures, and how its numbers are written.
 *
 * @param title with the unit, such as {@code accuracy (%)}
 * @param scale how values become positions
 * @param range shown first, in the units of the values; empty: all of the data
 */
public record Axis(String title, Scale scale, Optional<Range> range) {

  /** From so many decades on, a logarithmic axis is labelled with the powers of ten. */
  private static final double DECADES_TO_COUNT = 2;

  /** In so many decades lie at least two of the numbers 1, 2 and 5 times a power of ten. */
  private static final double DECADES_OF_1_2_5 = 0.8;

  private static final double MOST_DECADES = 8;

  /** How values become positions and labels. */
  public enum Scale {
    /** Values as they are. */
    LINEAR,
    /**
     * What is counted, such as epochs, and parts of it: written out, whole numbers without point.
     */
    COUNT,
    /** Values are log10 of what is meant, of any size: 30000 is labelled as 10 to that power. */
    POWERS_OF_TEN,
    /** Values are log10 of what is meant, which is a double; for less than a few decades. */
    LOG
  }

  /**
   * From where to where.
   *
   * @param low the lower or left end
   * @param high the upper or right end
   */
  public record Range(double low, double high) {
    /** Refuses an empty range. */
    public Range {
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "a range goes upwards; this one from " + low + " to " + high);
      }
    }
  }

  /** An axis of ordinary numbers. */
  public static Axis linear(String title) {
    return new Axis(title, Scale.LINEAR, Optional.empty());
  }

  /** An axis of what is counted, such as epochs, and of parts of it. */
  public static Axis count(String title) {
    return new Axis(title, Scale.COUNT, Optional.empty());
  }

  /** An axis of numbers given by their log10, which may lie outside the range of a double. */
  public static Axis powersOfTen(String title) {
    return new Axis(title, Scale.POWERS_OF_TEN, Optional.empty());
  }

  /** A logarithmic axis of numbers given by their log10, labelled with the numbers. */
  public static Axis log(String title) {
    return new Axis(title, Scale.LOG, Optional.empty());
  }

  /** The same axis, showing this range at first. */
  public Axis between(double low, double high) {
    return new Axis(title, scale, Optional.of(new Range(low, high)));
  }

  /** What Plotly is given for a value. */
  double position(double value) {
    return scale == Scale.LOG ? Math.pow(10, value) : value;
  }

  /** How the pointer shows a value of a vertical axis. */
  String hover() {
    return switch (scale) {
      case LINEAR -> "%{y:.4~g}";
      case COUNT -> "%{y:~f}";
      case POWERS_OF_TEN -> "10<sup>%{y:.2f}</sup>";
      case LOG -> "%{y:.4~g}";
    };
  }

  private static Map<String, Object> title(String title) {
    Map<String, Object> text = new LinkedHashMap<>(Style.text(title, Style.FONT_SIZE, Style.INK));
    text.put("standoff", 10);
    return text;
  }

  /** Plotly's axis; {@code extent} is how far the data spread, in the units of the values. */
  Map<String, Object> toPlotly(double extent) {
    double span = range.map(r -> r.high - r.low).orElse(extent);
    Map<String, Object> axis = new LinkedHashMap<>();
    axis.put("title", title(title));
    axis.put("showline", true);
    axis.put("linecolor", Style.FAINT_INK);
    axis.put("ticks", "outside");
    axis.put("tickcolor", Style.FAINT_INK);
    axis.put("ticklen", 4);
    axis.put("gridcolor", Style.GRID);
    axis.put("zeroline", false);
    axis.put("automargin", true);
    // Plotly's type for one log10 that is already taken is linear.
    axis.put("type", scale == Scale.LOG ? "log" : "linear");
    range.ifPresent(r -> axis.put("range", List.of(r.low, r.high)));
    switch (scale) {
      case LINEAR -> axis.put("nticks", 8);
      case COUNT -> {
        axis.put("nticks", 8);
        // Also what the pointer shows; "d" would call a run's epochs 2.5 to 3.4 all 3.
        axis.put("tickformat", "~f");
        if (span < 8) {
          axis.put("dtick", 1);
        }
      }
      case POWERS_OF_TEN -> {
        axis.put("nticks", 8);
        axis.put("tickprefix", "10<sup>");
        axis.put("ticksuffix", "</sup>");
        axis.put("exponentformat", "none");
        axis.put("separatethousands", false);
        if (span < 6) {
          // Left alone, Plotly would label halves of a power.
          axis.put("dtick", 1);
        }
      }
      case LOG -> {
        axis.put("exponentformat", "power");
        if (span >= DECADES_TO_COUNT) {
          axis.put("dtick", Math.ceil(span / MOST_DECADES));
          // Plotly writes such powers larger by a quarter than all other labels.
          axis.put("tickfont", Map.of("size", Style.FONT_SIZE / 1.25));
        } else {
          // Labels at 1, 2 and 5 of each decade, written out: powers alone would be too few.
          // Where even these may be out of sight, Plotly chooses.
          if (span >= DECADES_OF_1_2_5 || span == 0) {
            axis.put("dtick", "D2");
          }
          axis.put("nticks", 8);
          axis.put("tickformat", "~g");
        }
      }
    }
    return axis;
  }
}
