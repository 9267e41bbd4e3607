package explr.lesson;

import explr.figure.Explorable;
import explr.figure.Slider;
import explr.file.Resource;
import java.util.Arrays;
import java.util.List;

/**
 * TEXP against TEXP++ for a recipe set by sliders. The page recomputes every iteration at each move
 * and needs no kernel.
 *
 * <p>Java draws the initial figure; {@code ratio-bound.js} computes all others and {@code
 * ratio-bound-figure.js} draws them, with numbers that agree with Java's to 1e-12.
 */
public final class RatioBoundExplorer {

  private RatioBoundExplorer() {}

  /** The figure with its sliders, at the paper's setting. */
  public static Explorable explorable() {
    List<Slider> sliders = sliders();
    double[] start =
        sliders.stream().mapToDouble(slider -> slider.values().get(slider.start())).toArray();
    RatioBoundSetting setting = RatioBoundSetting.of(start);
    return Explorable.scripted(
        RatioBoundFigure.of(RatioBound.of(setting.recipe()), setting.epochs()),
        script(),
        sliders.toArray(Slider[]::new));
  }

  private static List<Slider> sliders() {
    return List.of(
        Slider.of("learning rate η", 0.001, 0.003, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1).at(0.1),
        Slider.of("weight decay λ", 1e-6, 1e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 4e-3, 0.01, 0.1)
            .at(5e-4),
        partOfCritical(),
        Slider.of("momentum γ", 0, 0.5, 0.8, 0.9, 0.95, 0.99).at(0.9),
        Slider.choice("schedule", "step decay", "cosine by epoch"),
        Slider.linear("first milestone (epoch)", 10, 150, 15).at(80),
        Slider.of("rate divided at the first by", 1, 2, 5, 10, 20, 100).at(10),
        Slider.linear("second milestone (epoch)", 10, 150, 15).at(120),
        Slider.of("rate divided at the second by", 1, 2, 5, 10, 20, 100).at(10),
        Slider.of("iterations an epoch", 20, 50, 98, 196, 391, 782).at(391));
  }

  private static Slider partOfCritical() {
    double[] parts = {
      0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.88, 0.89, 0.9, 0.91, 0.92, 0.93, 0.935, 0.94, 0.95, 0.96,
      0.965, 0.97, 0.98, 0.99, 0.994, 0.996, 0.998, 0.999, 0.9999, 1.0001, 1.01
    };
    Slider numbers = Slider.of("λη over the critical, by another λ", parts);
    List<String> texts =
        Arrays.stream(parts).mapToObj(part -> part == 0 ? "as above" : "" + part).toList();
    return new Slider(numbers.label(), numbers.values(), texts, 0);
  }

  /** A function of the sliders' values, for the page. */
  static String script() {
    return "(() => {\n%s\n%s\nreturn ratioBoundFigure;\n})()"
        .formatted(resource("ratio-bound.js"), resource("ratio-bound-figure.js"));
  }

  private static String resource(String name) {
    return Resource.text(RatioBoundExplorer.class, name);
  }
}
