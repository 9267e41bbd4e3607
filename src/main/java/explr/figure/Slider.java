package explr.figure;

import explr.text.Numbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A quantity that a reader changes with a slider.
 *
 * @param label name of the quantity, with symbol and unit
 * @param values its possible values, in the order of the slider
 * @param texts the text of each value
 * @param start index of the initial value
 */
public record Slider(String label, List<Double> values, List<String> texts, int start) {

  /** Copies the lists, and refuses a slider with fewer than two values. */
  public Slider {
    values = List.copyOf(values);
    texts = List.copyOf(texts);
    if (values.size() < 2 || texts.size() != values.size()) {
      throw tooFew(label, values.size(), texts.size());
    }
    if (start < 0 || start >= values.size()) {
      throw new IllegalArgumentException(
          "the slider '%s' has stops 0 to %d; it cannot start at %d"
              .formatted(label, values.size() - 1, start));
    }
  }

  /** Stops at equal distances, both ends included. */
  public static Slider linear(String label, double from, double to, int stops) {
    return spread(label, stops, i -> from + (to - from) * i / (stops - 1));
  }

  /** Stops at equal ratios, both ends included; both must be positive. */
  public static Slider log(String label, double from, double to, int stops) {
    if (!(from > 0 && to > 0)) {
      throw new IllegalArgumentException(
          "the slider '%s' goes in equal ratios, so from %s to %s it cannot; both must be above 0"
              .formatted(label, from, to));
    }
    double ratio = Math.log(to / from);
    return spread(label, stops, i -> from * Math.exp(ratio * i / (stops - 1)));
  }

  /** The values given, in this order. */
  public static Slider of(String label, double... values) {
    return spread(label, values.length, i -> values[i]);
  }

  /** Names to choose from; the value is the index of the name. */
  public static Slider choice(String label, String... names) {
    List<Double> indices = IntStream.range(0, names.length).asDoubleStream().boxed().toList();
    return new Slider(label, indices, List.of(names), 0);
  }

  private static Slider spread(String label, int stops, IntToDoubleFunction value) {
    if (stops < 2) {
      // Checked first: with one stop, the distance between stops is undefined.
      throw tooFew(label, stops, stops);
    }
    List<Double> values = IntStream.range(0, stops).mapToDouble(value).boxed().toList();
    values.stream()
        .filter(number -> !Double.isFinite(number))
        .findFirst()
        .ifPresent(
            number -> {
              throw new IllegalArgumentException(
                  "the slider '%s' cannot stand at %s; its values must be finite"
                      .formatted(label, number));
            });
    return new Slider(
        label, values, values.stream().map(stop -> Numbers.significant(stop, 4)).toList(), 0);
  }

  private static IllegalArgumentException tooFew(String label, int values, int texts) {
    return new IllegalArgumentException(
        "the slider '%s' needs at least two values and a text for each; it has %d and %d"
            .formatted(label, values, texts));
  }

  /** The same slider, initially at the stop nearest to a value. */
  public Slider at(double value) {
    int nearest = 0;
    for (int i = 1; i < values.size(); i++) {
      if (Math.abs(values.get(i) - value) < Math.abs(values.get(nearest) - value)) {
        nearest = i;
      }
    }
    return new Slider(label, values, texts, nearest);
  }

  /**
   * A sample of the stops, evenly spread, that includes both ends and the start. A sample of two
   * holds the start and the end farther from it; a sample of one, the start.
   *
   * @param most number of stops in the sample, at least 1; a slider with fewer keeps all
   */
  List<Integer> sample(int most) {
    int last = values.size() - 1;
    if (last < most) {
      return IntStream.rangeClosed(0, last).boxed().toList();
    }
    if (most == 1) {
      return List.of(start);
    }
    if (most == 2) {
      return start < last - start ? List.of(start, last) : List.of(0, start);
    }
    List<Integer> stops = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      stops.add((int) Math.round((double) last * i / (most - 1)));
    }
    if (!stops.contains(start)) {
      int nearest =
          IntStream.range(1, most - 1)
              .reduce(
                  (a, b) -> Math.abs(stops.get(b) - start) < Math.abs(stops.get(a) - start) ? b : a)
              .orElseThrow();
      stops.set(nearest, start);
      Collections.sort(stops);
    }
    return List.copyOf(stops);
  }
}
