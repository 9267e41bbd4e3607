package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import explr.conversion.Conversion;
import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.OneCycle;
import explr.schedule.RandomSchedules;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import explr.schedule.Tabulated;
import explr.theory.MomentumSgd;
import explr.theory.ScaleInvariantLoss;
import explr.theory.ToyState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules are run by Python, and where {@link TorchPython} finds one, by PyTorch too. */
class PythonModuleTest {

  private static final Recipe STEP =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(40, 60), 5e-3, 0.9, 80);

  @TempDir private Path folder;

  static Stream<Arguments> recipes() {
    Recipe constant = Recipe.of(0.1, 5e-3, 0.9, 80);
    Schedule cosine = Cosine.from(0.1).over(8).perEpoch(Epochs.of(10)).warmedUp(0, 12);
    Recipe changing =
        new Recipe(
            cosine,
            StepDecay.from(5e-3).multipliedBy(0.3).after(30),
            new Constant(0.8).during(20).then(new Constant(0.9)),
            80);
    Recipe own = new Recipe(t -> 0.1 / (1 + t), new Constant(5e-3), new Constant(0.9), 80);
    Recipe cycle = OneCycle.peakingAt(0.1).over(80).recipe(5e-3);
    return Stream.of(
        Arguments.of(Conversion.EXP, constant),
        Arguments.of(Conversion.EXP, Recipe.of(0.1, 5e-2, 0, 80)),
        Arguments.of(Conversion.TEXP, STEP),
        Arguments.of(Conversion.TEXP_MINUS_MINUS, STEP),
        Arguments.of(Conversion.TEXP, own),
        Arguments.of(Conversion.TEXP_PLUS_PLUS, STEP),
        Arguments.of(Conversion.TEXP_PLUS_PLUS, changing),
        Arguments.of(Conversion.TEXP_PLUS_PLUS, own),
        Arguments.of(Conversion.TEXP_PLUS_PLUS, cycle),
        Arguments.of(Conversion.DECOUPLED, changing));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void computesTheRatesOfTheTwin(Conversion conversion, Recipe recipe) throws Exception {
    ConvertedRecipe converted = convert(recipe, conversion);
    List<double[]> steps =
        run(
            PlainPython.find(),
            converted,
            """
            for t in reversed(range(ITERATIONS)): schedule(t)
            for s in map(schedule, range(ITERATIONS)):
                print(s.rate, s.momentum, s.correction, s.growth, max(-1e3, s.ln_rate), s.ln_scale,
                      s.epsilon_factor, s.clipping_factor)
            """);
    assertThat(steps).hasSize(80);
    for (int t = 0; t < 80; t++) {
      double rate = converted.twin().learningRate(t);
      double kappa = converted.twin().correction(t);
      double growth = Math.exp(converted.twin().logScale(t + 1) - converted.twin().logScale(t));
      assertThat(steps.get(t)[0]).isCloseTo(rate, within(1e-12 * rate));
      assertThat(steps.get(t)[1]).isCloseTo(converted.twin().momentum(t), within(1e-15));
      assertThat(steps.get(t)[2] * rate).isCloseTo(kappa, within(1e-14));
      assertThat(steps.get(t)[3]).isCloseTo(growth, within(1e-13));
      double logScale = converted.twin().logScale(t);
      double logRate = Math.max(-1e3, converted.twin().logLearningRate(t));
      assertThat(steps.get(t)[4]).isCloseTo(logRate, within(1e-12));
      assertThat(steps.get(t)[5]).isCloseTo(logScale, within(1e-13));
      assertThat(Math.log(steps.get(t)[6])).isCloseTo(2 * logScale, within(1e-13));
      assertThat(Math.log(steps.get(t)[7])).isCloseTo(-logScale, within(1e-13));
    }
  }

  @Test
  void writesEveryKindOfScheduleAsPython() throws Exception {
    RandomSchedules random = new RandomSchedules(9, 40);
    List<Schedule> schedules = IntStream.range(0, 400).mapToObj(i -> random.next(i % 4)).toList();
    PythonSchedule python = new PythonSchedule();
    StringBuilder lines = new StringBuilder();
    for (Schedule schedule : schedules) {
      lines.append("print(*[%s for t in range(40)])%n".formatted(python.expression(schedule, 40)));
    }
    List<double[]> values =
        PlainPython.lines(
            folder, PlainPython.find(), "import math\n" + python.definitions() + lines);
    for (int i = 0; i < schedules.size(); i++) {
      for (int t = 0; t < 40; t++) {
        double value = schedules.get(i).at(t);
        assertThat(values.get(i)[t])
            .as("%s at %d", schedules.get(i), t)
            .isCloseTo(value, within(1e-13 * value));
      }
    }
  }

  /** Each has a rate for as long as a double has room for it, and says what to do after. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-6, 0.1, 1})
  void givesEveryRateThatADoubleHoldsAndRefusesTheFirstThatItDoesNot(double rate) throws Exception {
    ConvertedRecipe converted =
        convert(Recipe.of(rate, 0.01 / rate, 0.5, 30_000), Conversion.TEXP_PLUS_PLUS);
    List<double[]> last =
        run(
            PlainPython.find(),
            converted,
            """
            try:
                for t in range(ITERATIONS): rate = schedule(t).rate
            except OverflowError as error:
                assert "float64" in str(error) and "stop before" in str(error)
            print(t, rate)
            """);
    long t = (long) last.get(0)[0];
    double logLargest = Math.log(Double.MAX_VALUE);
    assertThat(converted.twin().logLearningRate(t)).isGreaterThan(logLargest - 1e-9);
    assertThat(converted.twin().logLearningRate(t - 1)).isLessThan(logLargest);
    double before = converted.twin().logLearningRate(t - 1);
    assertThat(Math.log(last.get(0)[1])).isCloseTo(before, within(1e-10));
  }

  @Test
  void refusesAStepThatTheRecipeDoesNotHave() throws Exception {
    String program =
        """
        raised = 0
        for t in (-1, ITERATIONS, 1.0, "1"):
            try: schedule(t)
            except (ValueError, TypeError) as error: raised += 1
        print(raised, ln_scale(ITERATIONS))
        """;
    ConvertedRecipe converted = convert(STEP, Conversion.TEXP);
    double[] found = run(PlainPython.find(), converted, program).get(0);
    assertThat(found[0]).isEqualTo(4);
    assertThat(found[1]).isCloseTo(converted.twin().logScale(80), within(1e-13));
  }

  @Test
  void saysWhatTheLossMustBe() {
    String module = convert(STEP, Conversion.TEXP).python();
    assertThat(module)
        .contains("whatever the others are")
        .contains("running_mean")
        .contains("leaves the range of numbers")
        .contains("P ∇L(Pw) = ∇L(w)")
        .contains("\"schedule\": \"step_decay\"")
        .doesNotContainPattern(
            "\\{(recipe|summary|range|digest|values|eta|[a-z]+_(decay|floor|hint))}");
    assertThat(module.lines()).allMatch(line -> line.length() <= 120);
  }

  @Test
  void keepsABufferWhereTheMomentumIsZeroForAWhile() {
    Schedule momentum = new Constant(0).during(20).then(new Constant(0.9));
    Recipe recipe = new Recipe(new Constant(0.1), new Constant(5e-3), momentum, 80);
    assertThat(convert(recipe, Conversion.TEXP_PLUS_PLUS).python())
        .contains("step.momentum or 1e-300");
    assertThat(convert(STEP, Conversion.TEXP_PLUS_PLUS).python()).doesNotContain("1e-300");
  }

  /** L_t(θ) = sin(3 θ̂_0 + t) + θ̂_1 θ̂_2, θ̂ = θ/|θ|: small enough to be written twice. */
  private static ScaleInvariantLoss toy(long t) {
    return ScaleInvariantLoss.ofDirection(
        d -> Math.sin(3 * d[0] + t) + d[1] * d[2],
        d -> new double[] {3 * Math.cos(3 * d[0] + t), d[2], d[1]});
  }

  private static final String TORCH_RUN =
      """
      theta = torch.tensor([1.0, -0.5, 0.8], dtype=torch.float64, requires_grad=True)
      optimizer = torch.optim.SGD(
          [theta], lr=learning_rate(0), momentum=momentum(0), weight_decay=%s)
      twin = TwinSchedule(optimizer)
      for t in range(ITERATIONS):
          optimizer.zero_grad()
          d = theta / theta.norm()
          (torch.sin(3 * d[0] + t) + d[1] * d[2]).backward()
          optimizer.step()
          twin.step()
          print(*[x.item() for x in theta])
      """;

  static Stream<Arguments> recipesForTorch() {
    Schedule momentum = new Constant(0).during(20).then(new Constant(0.9));
    Recipe sometimesNone = new Recipe(new Constant(0.1), new Constant(5e-3), momentum, 80);
    return Stream.concat(
        recipes(), Stream.of(Arguments.of(Conversion.TEXP_PLUS_PLUS, sometimesNone)));
  }

  @ParameterizedTest
  @MethodSource("recipesForTorch")
  void trainsInPyTorchAlongTheTrajectoryWithWeightDecay(Conversion conversion, Recipe recipe)
      throws Exception {
    String decay = conversion == Conversion.DECOUPLED ? "0" : "weight_decay(0)";
    ConvertedRecipe converted = convert(recipe, conversion);
    List<double[]> torch = run(TorchPython.find(), converted, TORCH_RUN.formatted(decay));
    ToyState start = ToyState.of(1.0, -0.5, 0.8);
    MomentumSgd rule =
        conversion == Conversion.DECOUPLED ? MomentumSgd.DECOUPLED : MomentumSgd.PAPER;
    List<ToyState> decayed = rule.run(start, PythonModuleTest::toy, converted.twin().original());
    assertThat(torch).hasSize(80);
    for (int t = 0; t < 80; t++) {
      ToyState trained = ToyState.of(torch.get(t));
      assertThat(trained.distance(decayed.get(t + 1))).as("step %d", t).isLessThan(1e-9);
    }
    // The scale tells apart what the direction alone might not.
    double growth = Math.log(ToyState.of(torch.get(79)).norm() / decayed.get(80).norm());
    assertThat(growth).isCloseTo(converted.twin().logScale(80), within(1e-9));
  }

  private static ConvertedRecipe convert(Recipe recipe, Conversion conversion) {
    Optimizer optimizer =
        conversion == Conversion.DECOUPLED
            ? new Optimizer.DecoupledMomentum()
            : new Optimizer.Momentum();
    return ConvertedRecipe.of(new RecipeFile(recipe, optimizer, Optional.empty()), conversion);
  }

  /** The numbers that a program prints after the module. */
  private List<double[]> run(String python, ConvertedRecipe converted, String program)
      throws IOException, InterruptedException {
    return PlainPython.lines(folder, python, converted.python() + "\n\n" + program);
  }

  @Test
  void writesATableOfLogarithms() {
    Recipe recipe = Recipe.of(Tabulated.ofLogarithms(Double.NEGATIVE_INFINITY, -3), 5e-3, 0.9, 2);
    assertThatCode(() -> convert(recipe, Conversion.TEXP_PLUS_PLUS).python())
        .doesNotThrowAnyException();
    assertThat(convert(recipe, Conversion.TEXP_PLUS_PLUS).python())
        .contains("TABLE_1 = [\n    -math.inf, -3,\n]")
        .contains("return math.exp(TABLE_1[t])");
  }
}
