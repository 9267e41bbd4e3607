package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.SmallerBetas;
import explr.conversion.TexpPlusPlus;
import explr.figure.Figure;
import explr.figure.Line;
import explr.figure.Style.Color;
import explr.optimizer.Optimizer;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.text.Numbers;
import explr.theory.Equilibrium;
import explr.theory.MomentumSgd;
import explr.theory.OptimizerState;
import explr.theory.OptimizerSteps;
import explr.theory.Ripples;
import explr.theory.Separation;
import explr.theory.ToyState;
import explr.theory.Trajectory;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LessonFiguresTest {

  private static final Recipe RECIPE = Recipe.of(0.1, 5e-4, 0.9, 3_910);

  @Test
  void twinsHaveARecipeOnTheLeftAndItsRateWithoutDecayOnTheRight() {
    Figure figure =
        TwinFigure.by(Epochs.of(391)).recipe("constant", RECIPE).figure("Twins", "ten epochs");
    assertThat(figure.data()).hasSize(2);
    assertThat(last(figure, 0)).isCloseTo(-1, within(1e-12));
    assertThat(last(figure, 1))
        .isCloseTo(
            TexpPlusPlus.of(RECIPE).logLearningRate(RECIPE.iterations() - 1) / Math.log(10),
            within(1e-12));
  }

  @Test
  void theStepInThePictureOfTheLemmaIsAtARightAngleAndShorterByC() {
    Figure figure = GradientFigure.of(Ripples.of(2, 4).at(0), 2, 1.8, 1.5);
    double[] step = along(figure, "step from θ");
    double[] shorter = along(figure, "step from cθ");
    double[] weights = along(figure, "θ");
    assertThat(step[0] * weights[0] + step[1] * weights[1]).isCloseTo(0, within(1e-14));
    assertThat(Math.hypot(step[0], step[1]) / Math.hypot(shorter[0], shorter[1]))
        .isCloseTo(1.8, within(1e-12));
  }

  @Test
  void aRunComparedWithItselfIsDrawnAtTheFloor() {
    Trajectory run =
        new Trajectory(
            MomentumSgd.PAPER.run(
                ToyState.of(1, 2, 3), Ripples.of(3, 1), Recipe.of(0.1, 0.01, 0.9, 20)));
    Figure figure = DistanceFigure.from(run).run("itself", run).figure("Distance", "none");
    assertThat(last(figure, 0)).isCloseTo(-17, within(1e-12));
  }

  @Test
  void aGalleryHasACurveForEachSchedule() {
    Figure figure =
        Gallery.over(10)
            .panel("one")
            .curve("cosine", Cosine.from(1).over(10))
            .below("two")
            .curve("half", t -> 0.5)
            .curve("line", t -> t)
            .figure("Gallery", "by epoch");
    assertThat(figure.data())
        .extracting(trace -> trace.get("name"))
        .containsExactly("cosine", "half", "line");
  }

  @Test
  void aCurveMoreThanThereAreColoursIsRefusedWithTheirNumber() {
    Trajectory run =
        new Trajectory(
            MomentumSgd.PAPER.run(
                ToyState.of(1, 2, 3), Ripples.of(3, 1), Recipe.of(0.1, 0.01, 0.9, 5)));
    assertRefused(
        6,
        DistanceFigure.from(run),
        figure -> figure.run("run", run),
        figure -> figure.figure("Distances", ""));
    assertRefused(
        6,
        Gallery.over(10).panel("one"),
        gallery -> gallery.curve("constant", t -> 1),
        gallery -> gallery.figure("Gallery", ""));
    assertRefused(
        6,
        TwinFigure.by(Epochs.of(391)),
        figure -> figure.recipe("constant", RECIPE),
        figure -> figure.figure("Twins", ""));
    assertRefused(
        4,
        FlowFigure.of(Ripples.of(3, 12).at(0), ToyState.of(1, -0.5, 0.8), 0.2, 1),
        figure -> figure.run(0.5),
        FlowFigure::figure);
  }

  private static <T> void assertRefused(
      int most, T figure, UnaryOperator<T> add, Function<T, Figure> drawn) {
    T full = figure;
    for (int i = 0; i < most; i++) {
      full = add.apply(full);
    }
    assertThat(drawn.apply(full).data()).hasSizeGreaterThanOrEqualTo(most);
    T last = full;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> add.apply(last))
        .withMessageContaining("at most " + most + " curves");
  }

  @Test
  void theTwoFlowsAreDrawnAsOnePathAndTheRunsBesideThem() {
    Figure figure =
        FlowFigure.of(Ripples.of(3, 12).at(0), ToyState.of(1, -0.5, 0.8), 0.2, 4).run(0.5).figure();
    assertThat(last(figure, 0)).isCloseTo(last(figure, 1), within(1e-8));
    assertThat(Math.abs(last(figure, 2) - last(figure, 1))).isGreaterThan(1e-3);
  }

  @Test
  void theErrorFollowsTheRateOnlyInTheUsualParametrization() {
    Sensitivity sensitivity =
        Sensitivity.of(new Separation(10, 32, 0.5, 0.05, true), 1_500, 1, 0.25, 1, 4);
    assertThat(sensitivity.usual().at(2) / sensitivity.usual().at(0)).isGreaterThan(1.5);
    assertThat(sensitivity.perStep().at(2)).isCloseTo(sensitivity.perStep().at(0), within(1e-6));
    assertThat(sensitivity.figure().data()).hasSize(2);
  }

  /** AdamW and its twin on a toy. */
  static Figure adamW(int iterations) {
    Recipe recipe = Recipe.of(0.01, 1, 0.9, iterations);
    SmallerBetas adam = SmallerBetas.of(recipe, Optimizer.AdamW.of(0.99, 1e-8));
    OptimizerSteps steps = new OptimizerSteps(adam.optimizer(), 1);
    OptimizerState start = steps.start(1, 2, 3);
    return AdamWFigure.of(
        adam,
        Trajectory.ofWeights(steps.run(start, Ripples.of(3, 1), recipe)),
        Trajectory.ofWeights(OptimizerSteps.run(start, Ripples.of(3, 1), adam)));
  }

  @Test
  void adamWAndItsTwinHaveTheSameAnglesAndOtherNorms() {
    Figure figure = adamW(200);
    assertThat(figure.data())
        .extracting(trace -> trace.get("name"))
        .containsExactly(
            "learning rate",
            "norm of the weights",
            "measured",
            "equilibrium",
            "learning rate",
            "norm of the weights",
            "measured",
            "equilibrium");
    assertThat(last(figure, 2)).isCloseTo(last(figure, 6), within(1e-12));
    assertThat(last(figure, 0)).isCloseTo(0.01, within(1e-12));
    assertThat(Math.log(last(figure, 5) / last(figure, 1)))
        .isCloseTo(-200 * Math.log(0.99), within(1e-9));
    assertThat(figure.caption())
        .startsWith("The norms of the weights differ by a factor of up to 7.46,");
    assertThat(figure.toJson())
        .contains("[\"β₁\",\"0.9\",\"0.891\"]", "[\"β₂\",\"0.99\",\"0.970299\"]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> adamW(99))
        .withMessage(
            "both runs need 99 iterations, which must be at least 100; they have 99 and 99");
  }

  @Test
  void captionsTellTheNumbersOfTheCurvesTheyStandUnder() {
    Recipe brief = Recipe.of(0.1, 1e-4, 0.9, 100);
    Trajectory longer = run(3, brief);
    Trajectory shorter = run(0.3, brief);
    Figure norms = NormFigure.of(new Equilibrium(0.1, 1e-4, 0.9), longer, shorter);
    // τ is longer than what is drawn: the runs cannot have met.
    assertThat(norms.caption())
        .startsWith("After 100 iterations, τ being 2500, the norms are ")
        .contains(
            rounded(last(norms, 0)) + " and " + rounded(last(norms, 1)) + ", and the angles ");
    assertThat(norms.alternativeText())
        .contains("to " + rounded(last(norms, 0)), "to " + rounded(last(norms, 1)), "at 0.00324");

    Series constant = Series.over(10, t -> 0.3);
    Series falling = Series.over(10, t -> Math.pow(10, -t));
    assertThat(SeparationFigure.of(falling, constant, constant, 0.01234, "").caption())
        .isEqualTo(
            "Mean error of the last third: 0.3 with both, 2.78·10^-7 with weight decay alone, 0.3 with"
                + " normalisation alone; the dashed line is at 0.0123.");

    Sensitivity sensitivity =
        Sensitivity.of(new Separation(10, 32, 0.5, 0.05, true), 300, 1, 0.25, 4);
    assertThat(sensitivity.figure().caption())
        .startsWith("From 0.25 to 4 times the learning rate")
        .contains(
            "to %s with λ kept".formatted(rounded(sensitivity.usual().last())),
            "to %s with λ_new kept".formatted(rounded(sensitivity.perStep().last())));

    FlowFigure flows = FlowFigure.of(Ripples.of(3, 12).at(0), ToyState.of(1, -0.5, 0.8), 0.2, 4);
    assertThat(flows.figure().caption())
        .matches("The paths of the two flows are nowhere further apart than [0-9.]+·10\\^-\\d+\\.");
    Figure one = flows.run(0.5).figure();
    assertThat(one.caption()).endsWith("flow is " + drawn(one, 3) + " (η = 0.5).");
  }

  private static Trajectory run(double norm, Recipe recipe) {
    return new Trajectory(
        MomentumSgd.PAPER.run(ToyState.of(1, 2, 3).withNorm(norm), Ripples.of(3, 1), recipe));
  }

  /** As captions have it. */
  private static String rounded(double value) {
    return Numbers.significant(value, 3);
  }

  /** The last value of a trace on a logarithmic axis, as captions tell it. */
  private static String drawn(Figure figure, int trace) {
    return rounded(Math.pow(10, last(figure, trace)));
  }

  @Test
  void aRateOfZeroLeavesAGap() {
    Line line =
        TwinFigure.rate("0", Recipe.of(t -> t == 0 ? 0 : 1, 0, 0, 2), Epochs.of(1), Color.BLUE);
    assertThat(line.points().get(0).mean()).isNaN();
    assertThat(line.points().get(1).mean()).isZero();
  }

  private static double last(Figure figure, int trace) {
    List<?> y = (List<?>) figure.data().get(trace).get("y");
    return (Double) y.get(y.size() - 1);
  }

  /** From the first to the second point of an arrow. */
  private static double[] along(Figure figure, String name) {
    Map<String, Object> trace =
        figure.data().stream().filter(t -> t.get("name").equals(name)).findFirst().orElseThrow();
    List<?> x = (List<?>) trace.get("x");
    List<?> y = (List<?>) trace.get("y");
    return new double[] {
      (Double) x.get(1) - (Double) x.get(0), (Double) y.get(1) - (Double) y.get(0)
    };
  }
}
