package explr.format;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.Conversion;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A net with batch and group normalisation, a trained last layer and two parameter groups, trained
 * in PyTorch with decay and by an exported module: torch_run.py, in double precision.
 */
class TwinScheduleTest {

  private static final Recipe STEPS =
      Recipe.of(StepDecay.from(0.1).dividedBy(10).after(15, 30), 5e-3, 0.9, 40);
  private static final Schedule COSINE = Cosine.from(0.1).over(8).perEpoch(Epochs.of(5));
  private static final Recipe CHANGING =
      new Recipe(
          COSINE.warmedUp(0, 6),
          StepDecay.from(5e-3).multipliedBy(0.3).after(20),
          new Constant(0.8).during(12).then(new Constant(0.9)),
          40);

  private static final Map<String, ConvertedRecipe> CONVERTED =
      Map.of(
          "texp", ConvertedRecipes.of(STEPS, Conversion.TEXP),
          "texp++", ConvertedRecipes.of(STEPS, Conversion.TEXP_PLUS_PLUS),
          "changing", ConvertedRecipes.of(CHANGING, Conversion.TEXP_PLUS_PLUS),
          "decoupled", ConvertedRecipes.of(CHANGING, Conversion.DECOUPLED),
          "rate-inside", ConvertedRecipes.of(CHANGING, Conversion.RATE_INSIDE_BUFFER));

  private static final List<String> RUNS =
      List.of("two-groups", "clip", "resume", "resume-in-another-order", "resume-at");
  private static final Map<String, Map<String, List<Double>>> RESULTS = new HashMap<>();

  @TempDir private Path folder;

  static Stream<Arguments> runs() {
    return CONVERTED.keySet().stream()
        .sorted()
        .flatMap(converted -> RUNS.stream().map(each -> Arguments.of(converted, each)));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void trainsAsTheRecipeDoes(String converted, String run) {
    assertThat(differences(converted, run)).hasSize(4).allMatch(each -> each < 1e-9);
  }

  /** What the earlier export did silently. */
  @ParameterizedTest
  @CsvSource({"control-groups, 1e-2", "control-clip, 1e-3", "control-epsilon, 1e-7"})
  void oneThingDoneWronglyTrainsSomethingElse(String run, double atLeast) {
    assertThat(differences("texp++", run).get(0)).isGreaterThan(atLeast);
  }

  @ParameterizedTest
  @CsvSource({"texp", "changing", "decoupled", "rate-inside"})
  void raisesWhereItIsMisused(String converted) {
    assertThat(differences(converted, "misuse")).containsExactly(0.0);
  }

  /** The results of all cases of a module, which take the time of one start of PyTorch. */
  private List<Double> differences(String converted, String run) {
    return RESULTS.computeIfAbsent(converted, this::results).get(run);
  }

  private Map<String, List<Double>> results(String converted) {
    TorchPython.find();
    Path module = folder.resolve("rates.py");
    try {
      Files.writeString(module, CONVERTED.get(converted).python());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> command = new ArrayList<>();
    command.add(
        Path.of("src/test/resources/explr/format/torch_run.py").toAbsolutePath().toString());
    command.add(module.toString());
    command.addAll(RUNS);
    command.addAll(List.of("control-groups", "control-clip", "control-epsilon", "misuse"));
    return TorchPython.run(folder, command.toArray(String[]::new)).stream()
        .map(line -> List.of(line.split(" ")))
        .collect(
            Collectors.toMap(
                line -> line.get(0), line -> line.stream().skip(1).map(Double::valueOf).toList()));
  }
}
