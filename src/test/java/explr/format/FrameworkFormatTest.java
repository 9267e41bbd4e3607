package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.schedule.Schedule;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Schedules by the frameworks' names have the rates of the frameworks. {@code frameworks.json} is
 * made of the real libraries by {@code src/test/python/frameworks.py}, which says how.
 */
class FrameworkFormatTest {

  private static final JsonObject GOLDEN = golden();

  private static JsonObject golden() {
    try (Reader reader =
        new InputStreamReader(
            FrameworkFormatTest.class.getResourceAsStream("frameworks.json"),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonObject> settings() {
    return GOLDEN.getAsJsonArray("settings").asList().stream().map(JsonElement::getAsJsonObject);
  }

  static Stream<FrameworkFormat> all() {
    return ScheduleFormats.FRAMEWORKS.stream();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void hasTheRatesOfItsFrameworkAtEveryIteration(JsonObject setting) {
    assertThat(differences(read(setting.get("schedule")), setting)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void oneIterationLateIsFound(JsonObject setting) {
    String name = setting.getAsJsonObject("schedule").get("schedule").getAsString();
    Schedule late = read(setting.get("schedule")).delayedBy(1);
    boolean constant = name.matches("transformers.constant|optax.constant_schedule");
    assertThat(differences(late, setting).isEmpty()).isEqualTo(constant);
  }

  @Test
  void everySchedulerIsComparedWithItsFramework() {
    Set<String> compared =
        settings()
            .map(setting -> setting.getAsJsonObject("schedule").get("schedule").getAsString())
            .collect(Collectors.toSet());
    assertThat(all().map(FrameworkFormat::name)).containsExactlyInAnyOrderElementsOf(compared);
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsExampleIsReadAndWrittenAsOurs(FrameworkFormat format) {
    Schedule schedule = read(JsonParser.parseString(format.example()));
    JsonElement written = ScheduleWriter.write(schedule);
    assertThat(read(written)).isEqualTo(schedule);
    assertThat(written.toString()).doesNotContain(format.name());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'schedule': 'torch.OneCycleLR', 'max_lr': 1, 'total_steps': 9, 'three_phase': true}          | three_phase: true: the rate is back at its first value at step
          {'schedule': 'torch.OneCycleLR', 'max_lr': 1, 'total_steps': 10, 'three_phase': true, 'pct_start': 0.6} | must be a whole number below 9
          {'schedule': 'torch.OneCycleLR', 'max_lr': 1, 'total_steps': 9, 'anneal_strategy': 'linear'}  | anneal_strategy: "linear": only "cos" can be read
          {'schedule': 'torch.OneCycleLR', 'max_lr': 1, 'total_steps': 2}                               | the peak is at step
          {'schedule': 'torch.StepLR', 'lr': 1, 'step_size': 3, 'last_epoch': 5}                        | last_epoch: 5: only -1 can be read
          {'schedule': 'torch.CyclicLR', 'base_lr': 0, 'max_lr': 1, 'mode': 'exp_range'}                | mode: "exp_range"
          {'schedule': 'torch.ReduceLROnPlateau', 'lr': 1}                                              | this framework's schedulers are torch.StepLR
          {'schedule': 'OneCycleLR', 'max_lr': 1}                                                       | write torch.OneCycleLR
          {'schedule': 'torch.ConstantLR', 'lr': 1, 'factor': 0}                                        | factor: 0: PyTorch divides by it
          {'schedule': 'torch.MultiStepLR', 'lr': 1, 'milestones': [0, 4]}                              | a milestone must be at least 1
          {'schedule': 'timm.CosineLRScheduler', 'lr': 1, 't_initial': 9}                               | timm counts epochs
          {'schedule': 'timm.CosineLRScheduler', 'lr': 1, 't_initial': 9, 't_in_epochs': false, 'per_epoch': 3}   | timm counts epochs
          {'schedule': 'timm.CosineLRScheduler', 'lr': 1, 't_initial': 9, 'per_epoch': 3, 'k_decay': 2} | k_decay: 2: only 1 can be read
          {'schedule': 'timm.CosineLRScheduler', 'lr': 1, 't_initial': 9, 'per_epoch': 3, 'noise_range_t': [1, 2]} | a rate with noise has no formula
          {'schedule': 'keras.PolynomialDecay', 'initial_learning_rate': 1, 'decay_steps': 9, 'cycle': true} | cycle: true
          {'schedule': 'keras.CosineDecayRestarts', 'initial_learning_rate': 1, 'first_decay_steps': 9, 't_mul': 3} | t_mul: 3
          {'schedule': 'transformers.cosine', 'lr': 1, 'num_warmup_steps': 0, 'num_training_steps': 100, 'num_cycles': 1.5} | num_cycles: 1.5
          {'schedule': 'transformers.linear', 'lr': 1, 'num_warmup_steps': 9, 'num_training_steps': 9}  | num_training_steps: 9: must exceed
          {'schedule': 'optax.cosine_decay_schedule', 'init_value': 1, 'decay_steps': 9, 'exponent': 2} | exponent: 2
          {'schedule': 'mmengine.param_scheduler', 'lr': 1, 'epoch_length': 3, 'param_scheduler': [{'type': 'LinearLR'}]} | needs an 'end'
          {'schedule': 'mmengine.param_scheduler', 'lr': 1, 'param_scheduler': [{'type': 'StepLR', 'step_size': 3}]} | 'epoch_length' is missing
          {'schedule': 'mmengine.param_scheduler', 'lr': 1, 'param_scheduler': [{'type': 'OneCycleLR', 'by_epoch': false}]} | type: "OneCycleLR": here may be
          {'schedule': 'mmengine.param_scheduler', 'lr': 1, 'per_epoch': 3, 'param_scheduler': []}      | per_epoch: 3: mmengine's schedulers count epochs themselves
          {'schedule': 'mmengine.param_scheduler', 'lr': 1, 'param_scheduler': [{'type': 'LinearLR', 'by_epoch': false, 'end': 5}, {'type': 'PolyLR', 'by_epoch': false, 'end': 50, 'eta_min': 0.1}]} | schedulers that overlap can be read where
          {'schedule': 'torch.SequentialLR', 'lr': 1, 'schedulers': [{'schedule': 'torch.OneCycleLR'}], 'milestones': []} | it sets the rate instead of multiplying it
          {'schedule': 'torch.ChainedScheduler', 'lr': 1, 'schedulers': [{'schedule': 'torch.StepLR', 'step_size': 3}, {'schedule': 'torch.StepLR', 'step_size': 4}]} | write other chains as phases
          {'schedule': 'torch.StepLR', 'lr': 1, 'step_size': 3, 'stepsize': 3}                          | stepsize: there is no such key
          """)
  void whatCannotBeReadIsRefusedWithItsValue(String json, String message) {
    assertThatThrownBy(() -> read(JsonParser.parseString(json.replace('\'', '"'))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aOneCycleGivesTheMomentumToo() {
    String rate =
        "{\"learning_rate\": {\"schedule\": \"torch.OneCycleLR\", \"max_lr\": 0.1, \"total_steps\": 100%s},"
            + " \"weight_decay\": 5e-4%s, \"iterations\": %d}";
    RecipeFile file = parse(rate.formatted("", "", 100));
    assertThat(file.recipe().momentum(0)).isEqualTo(0.95);
    assertThat(file.recipe().momentum(29)).isEqualTo(0.85);
    assertThat(file.recipe().momentum(99)).isEqualTo(0.95);
    assertThatThrownBy(() -> parse(rate.formatted("", ", \"momentum\": 0.9", 100)))
        .hasMessageContaining(
            "momentum: the schedule of learning_rate cycles the momentum already");
    assertThatThrownBy(() -> parse(rate.formatted(", \"times\": 0.5", "", 100)))
        .hasMessageContaining("would act on the momentum too");
    assertThat(
            parse(rate.formatted(", \"cycle_momentum\": false", ", \"momentum\": 0.9", 100))
                .recipe()
                .momentum(29))
        .isEqualTo(0.9);
    assertThatThrownBy(() -> parse(rate.formatted("", "", 101)))
        .hasMessageContaining("ends after total_steps = 100 steps, and the run takes 101");
  }

  @Test
  void aChainWithACosineEndsWhereTheCosineRisesAgain() {
    String recipe =
        "{\"learning_rate\": {\"schedule\": \"torch.ChainedScheduler\", \"lr\": 0.1, \"schedulers\": [{\"schedule\":"
            + " \"torch.CosineAnnealingLR\", \"T_max\": 30}, {\"schedule\": \"torch.LinearLR\"}]},"
            + " \"weight_decay\": 5e-4, \"momentum\": 0.9, \"iterations\": %d}";
    assertThat(parse(recipe.formatted(31)).recipe().learningRate(30)).isZero();
    assertThatThrownBy(() -> parse(recipe.formatted(32)))
        .hasMessageContaining("after T_max = 30, and the run takes 32");
  }

  /**
   * Recipes as three public repositories have them: kuangliu/pytorch-cifar, main.py, at 02117b3;
   * open-mmlab/mmpretrain, configs/_base_/schedules/cifar10_bs128.py, at 24bcf06;
   * open-mmlab/mmdetection, configs/_base_/schedules/schedule_1x.py, at 1781349.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'schedule': 'torch.CosineAnnealingLR', 'lr': 0.1, 'T_max': 200, 'per_epoch': 196} | 19600 | 0.05
          {'schedule': 'mmengine.param_scheduler', 'lr': 0.1, 'epoch_length': 391, 'param_scheduler': [{'type': 'MultiStepLR', 'by_epoch': true, 'milestones': [100, 150], 'gamma': 0.1}]} | 39100 | 0.01
          {'schedule': 'mmengine.param_scheduler', 'lr': 0.02, 'epoch_length': 7330, 'param_scheduler': [{'type': 'LinearLR', 'start_factor': 0.001, 'by_epoch': false, 'begin': 0, 'end': 500}, {'type': 'MultiStepLR', 'begin': 0, 'end': 12, 'by_epoch': true, 'milestones': [8, 11], 'gamma': 0.1}]} | 499 | 0.02
          """)
  void recipesOfPublicRepositoriesAreRead(String json, long iteration, double rate) {
    Schedule schedule = read(JsonParser.parseString(json.replace('\'', '"')));
    assertThat(schedule.at(iteration)).isCloseTo(rate, within(1e-15));
    assertThat(schedule.at(iteration - 1)).isNotCloseTo(rate, within(1e-6));
  }

  @Test
  void aSchedulerOfPyTorchWithoutPerEpochInARunOfEpochsIsWarnedOf() {
    String recipe =
        "{\"learning_rate\": {\"schedule\": \"torch.CosineAnnealingLR\", \"lr\": 0.1, \"T_max\": 200%s},"
            + " \"weight_decay\": 5e-4, \"momentum\": 0.9, \"epochs\": 200, \"iterations_per_epoch\": 3}";
    List<String> warnings = new ArrayList<>();
    RecipeFile.parse(recipe.formatted(""), Path.of("."), warnings::add);
    assertThat(warnings).singleElement().asString().contains("stepped after each iteration");
    warnings.clear();
    RecipeFile.parse(recipe.formatted(", \"per_epoch\": 3"), Path.of("."), warnings::add);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aScheduleOfKerasAsksWhetherTheRateIsInsideTheBuffer() {
    String recipe =
        "{\"learning_rate\": {\"schedule\": \"keras.CosineDecay\", \"initial_learning_rate\": 0.1,"
            + " \"decay_steps\": 100}, \"weight_decay\": 5e-4, \"momentum\": 0.9, \"iterations\": 9%s}";
    assertThatThrownBy(() -> parse(recipe.formatted("")))
        .hasMessageContaining("rate_inside_buffer");
    assertThatCode(() -> parse(recipe.formatted(", \"rate_inside_buffer\": true")))
        .doesNotThrowAnyException();
  }

  private static RecipeFile parse(String json) {
    return RecipeFile.parse(json, Path.of("."), warning -> {});
  }

  private static Schedule read(JsonElement json) {
    return new ScheduleReader(Path.of("."), warning -> {}).read(json, "learning_rate");
  }

  private static List<String> differences(Schedule schedule, JsonObject setting) {
    JsonArray rates = setting.getAsJsonArray("rates");
    double highest =
        rates.asList().stream().mapToDouble(JsonElement::getAsDouble).max().orElseThrow();
    double relative = GOLDEN.get("relative").getAsDouble();
    double absolute = GOLDEN.get("of_highest").getAsDouble() * highest;
    List<String> found = new ArrayList<>();
    for (int t = 0; t < rates.size(); t++) {
      double rate = rates.get(t).getAsDouble();
      double ours = schedule.at(t);
      if (!(Math.abs(ours - rate) <= relative * rate + absolute)) {
        found.add("at %d: %s, not %s".formatted(t, ours, rate));
      }
    }
    return found;
  }
}
