package explr.lesson;

import explr.figure.Axis;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Panel;
import explr.figure.Plot;
import explr.figure.Style.Color;
import explr.figure.Style.Dash;
import explr.text.Numbers;
import explr.theory.PlainState;
import explr.theory.Ripples;
import explr.theory.StateMap;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Theorem 2.1 for two steps, map by map: the path of weights and learning rate under two steps with
 * decay, and under the maps that replace them in the proof.
 *
 * <p>GD<sub>1</sub><sup>ρ</sup> ∘ GD<sub>0</sub><sup>ρ</sup> = [Π₁<sup>ρ²</sup> ∘ Π₂<sup>ρ⁴</sup>]
 * ∘ Π₂<sup>1/ρ</sup> ∘ GD₁ ∘ Π₂<sup>1/ρ²</sup> ∘ GD₀ ∘ Π₂<sup>1/ρ</sup> (Li &amp; Arora 2020,
 * Section 2.1).
 */
public final class CommutingFigure {

  private CommutingFigure() {}

  /** A map of the proof and its name. */
  private record Step(String name, StateMap<PlainState> map) {}

  /** Number of maps in the proof for two steps. */
  public static final int MAPS = 6;

  /**
   * Draws the paths of two weights.
   *
   * @param losses of two weights
   * @param start two weights and the learning rate
   * @param rho ρ = 1 − λη, between 0 and 1
   * @param applied number of the proof's maps that are applied, 0 … {@link #MAPS}
   */
  public static Figure of(Ripples losses, PlainState start, double rho, int applied) {
    if (!(rho > 0 && rho <= 1) || applied < 0 || applied > MAPS) {
      throw new IllegalArgumentException(
          "ρ lies in (0, 1] and there are 0 to %d maps to apply; not %s and %d"
              .formatted(MAPS, rho, applied));
    }
    List<Step> proof = proof(losses, rho);
    List<PlainState> way = new ArrayList<>(List.of(start));
    for (Step step : proof) {
      way.add(step.map.apply(way.get(way.size() - 1)));
    }
    PlainState once = PlainState.gradientDescent(losses.at(0), rho).apply(start);
    PlainState twice = PlainState.gradientDescent(losses.at(1), rho).apply(once);
    PlainState now = way.get(applied);
    String name = applied == 0 ? "the start" : proof.get(applied - 1).name;
    return figure(List.of(start, once, twice), way, applied, name)
        .reading(
            List.of(
                List.of("", "first weight", "second weight", "learning rate"),
                row("two steps with decay", twice),
                row("after %d of %d maps".formatted(applied, MAPS), now)));
  }

  private static List<Step> proof(Ripples losses, double rho) {
    return List.of(
        new Step("rate over ρ", PlainState.scaleRate(1 / rho)),
        new Step("a step without decay", PlainState.gradientDescent(losses.at(0), 1)),
        new Step("rate over ρ²", PlainState.scaleRate(1 / (rho * rho))),
        new Step("a step without decay", PlainState.gradientDescent(losses.at(1), 1)),
        new Step("rate over ρ", PlainState.scaleRate(1 / rho)),
        new Step(
            "weights by ρ², rate by ρ⁴: the same network",
            PlainState.equivalentScaling(rho * rho)));
  }

  private static Figure figure(
      List<PlainState> decayed, List<PlainState> whole, int applied, String name) {
    List<PlainState> way = whole.subList(0, applied + 1);
    List<PlainState> all = Stream.concat(decayed.stream(), whole.stream()).toList();
    Panel plane =
        Panel.of(
            "Weights",
            holding(Axis.linear("first weight"), all, state -> state.weights()[0]),
            holding(Axis.linear("second weight"), all, state -> state.weights()[1]),
            List.of(
                path("with decay", decayed, Color.BLUE).dashed(Dash.DASH),
                path("the proof's maps", way, Color.VERMILLION),
                path("now", List.of(way.get(applied)), Color.VERMILLION)));
    Panel rates =
        Panel.of(
            "Learning rate",
            Axis.count("maps applied").between(-0.2, MAPS + 0.2),
            holding(Axis.linear("learning rate"), all, PlainState::learningRate),
            List.of(
                rate("with decay", List.of(decayed.get(0), decayed.get(0)), MAPS, Color.BLUE)
                    .dashed(Dash.DASH),
                rate("the proof's maps", way, way.size() - 1, Color.VERMILLION)));
    return Plot.sideBySide(
            "Two steps with decay, as maps without", "last map: " + name, List.of(plane, rates))
        .described(
            "After the sixth map both ways end in the same weights and the same rate.",
            "Left: in the plane of two weights, a dashed path of two steps with decay and the path"
                + " of the maps applied so far. Right: the learning rate after each map, above the"
                + " dashed rate of training with decay until the last map.")
        .figure();
  }

  /** The axis over all states of both paths, so that it does not change with the slider. */
  private static Axis holding(
      Axis axis, List<PlainState> states, ToDoubleFunction<PlainState> coordinate) {
    DoubleSummaryStatistics all = states.stream().mapToDouble(coordinate).summaryStatistics();
    double margin = 0.05 * (all.getMax() - all.getMin()) + 1e-9;
    return axis.between(all.getMin() - margin, all.getMax() + margin);
  }

  private static Line path(String name, List<PlainState> states, Color color) {
    return Line.of(
        name,
        states.stream().mapToDouble(state -> state.weights()[0]).toArray(),
        states.stream().mapToDouble(state -> state.weights()[1]).toArray(),
        color);
  }

  private static Line rate(String name, List<PlainState> states, int last, Color color) {
    double[] x = new double[states.size()];
    double[] y = new double[states.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = x.length == 1 ? 0 : (double) last * i / (x.length - 1);
      y[i] = states.get(i).learningRate();
    }
    return Line.of(name, x, y, color);
  }

  private static List<String> row(String name, PlainState state) {
    return List.of(
        name, number(state.weights()[0]), number(state.weights()[1]), number(state.learningRate()));
  }

  private static String number(double value) {
    return Numbers.fixed(value, 9);
  }
}
