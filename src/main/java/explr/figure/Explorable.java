package explr.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A figure that a reader changes by sliders.
 *
 * <p>In a notebook with a running kernel Java draws it again at each move. A page without a kernel
 * contains the figures of a {@link #grid}, computed in advance. A {@linkplain #scripted scripted}
 * figure is always computed by the page.
 *
 * @param sliders from the top
 * @param drawing what it shows
 */
public record Explorable(List<Slider> sliders, Drawing drawing) {

  /** Computed beforehand for a page without a kernel: what a page carries with ease. */
  private static final int MOST_FIGURES = 200;

  /** Where the figures come from. */
  public sealed interface Drawing {}

  /**
   * Figures made by Java.
   *
   * @param function the sliders' values, in their order, to the figure
   */
  public record Computed(Function function) implements Drawing {}

  /**
   * Figures made by the page.
   *
   * @param start the figure that the sliders stand at first
   * @param script JavaScript, an expression of a function {@code (values, start) => figure} of the
   *     sliders' values in their order and the figure above, as Plotly's JSON
   */
  public record Scripted(Figure start, String script) implements Drawing {}

  /** A figure as a function of what the sliders say. */
  @FunctionalInterface
  public interface Function {
    /** The figure at these values, one a slider. */
    Figure at(double... values);
  }

  /** What a point of a grid shows. */
  public sealed interface Point {}

  /** A point with a figure. */
  public record Shown(Figure figure) implements Point {}

  /** A point that the function refuses, as where a formula is not defined, and its message. */
  public record Refused(String message) implements Point {}

  /**
   * Figures computed beforehand.
   *
   * @param stops of each slider, the indices of its values that occur
   * @param points of all combinations; the last slider's index changes fastest
   */
  public record Grid(List<List<Integer>> stops, List<Point> points) {}

  /** Copies the list, and refuses one without sliders. */
  public Explorable {
    sliders = List.copyOf(sliders);
    if (sliders.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to move: give at least one slider");
    }
  }

  /** A figure that Java draws at each move. */
  public static Explorable of(Function figure, Slider... sliders) {
    return new Explorable(List.of(sliders), new Computed(figure));
  }

  /** A figure that the page draws at each move. */
  public static Explorable scripted(Figure start, String script, Slider... sliders) {
    return new Explorable(List.of(sliders), new Scripted(start, script));
  }

  /** The figure where the sliders stand at first. */
  public Figure start() {
    return drawing instanceof Scripted scripted
        ? scripted.start
        : at(sliders.stream().map(Slider::start).toList());
  }

  /**
   * The figure at one stop of each slider.
   *
   * @param stops indices of values, one a slider
   * @throws IllegalArgumentException for another number of stops, or one that a slider has not
   * @throws IllegalStateException for figures that the page computes
   */
  public Figure at(List<Integer> stops) {
    if (!(drawing instanceof Computed computed)) {
      throw new IllegalStateException("these figures are computed by the page, not by Java");
    }
    if (stops.size() != sliders.size()) {
      throw new IllegalArgumentException(
          "there are %d sliders, not %d".formatted(sliders.size(), stops.size()));
    }
    double[] values = new double[sliders.size()];
    for (int i = 0; i < values.length; i++) {
      Slider slider = sliders.get(i);
      int stop = stops.get(i);
      if (stop < 0 || stop >= slider.values().size()) {
        throw new IllegalArgumentException(
            "the slider '%s' has stops 0 to %d, not %d"
                .formatted(slider.label(), slider.values().size() - 1, stop));
      }
      values[i] = slider.values().get(stop);
    }
    return computed.function.at(values);
  }

  /**
   * Figures over a grid of the sliders' values, the start among them; at most 200. Where the
   * function throws an {@link IllegalArgumentException}, a page shows its message instead.
   *
   * <p>From the top, each slider in turn is given one stop more as long as there are not more
   * figures than that; so of many sliders the last ones may stand still at their start.
   */
  public Grid grid() {
    int[] counts = new int[sliders.size()];
    Arrays.fill(counts, 1);
    int longest = sliders.stream().mapToInt(slider -> slider.values().size()).max().orElseThrow();
    for (int count = 2; count <= longest; count++) {
      for (int i = 0; i < counts.length; i++) {
        long others = Arrays.stream(counts).asLongStream().reduce(1, (a, b) -> a * b) / counts[i];
        if (count <= sliders.get(i).values().size() && others * count <= MOST_FIGURES) {
          counts[i] = count;
        }
      }
    }
    List<List<Integer>> stops =
        IntStream.range(0, counts.length).mapToObj(i -> sliders.get(i).sample(counts[i])).toList();
    return new Grid(stops, points(stops));
  }

  private List<Point> points(List<List<Integer>> stops) {
    List<List<Integer>> points = List.of(List.of());
    for (List<Integer> choices : stops) {
      points = points.stream().flatMap(point -> choices.stream().map(c -> and(point, c))).toList();
    }
    return points.stream().map(this::point).toList();
  }

  private Point point(List<Integer> stops) {
    try {
      return new Shown(at(stops));
    } catch (IllegalArgumentException e) {
      return new Refused(String.valueOf(e.getMessage()));
    }
  }

  private static List<Integer> and(List<Integer> point, int stop) {
    List<Integer> longer = new ArrayList<>(point);
    longer.add(stop);
    return longer;
  }

  /** The sliders as JSON's maps and lists, for the page. */
  public List<Map<String, Object>> controls() {
    return sliders.stream().map(Explorable::control).toList();
  }

  private static Map<String, Object> control(Slider slider) {
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("label", slider.label());
    control.put("values", slider.values());
    control.put("texts", slider.texts());
    control.put("start", slider.start());
    return control;
  }
}
