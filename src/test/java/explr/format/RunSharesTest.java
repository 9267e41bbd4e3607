package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunSharesTest {

  private static RecipeFile recipe(String learningRate, String length) {
    return RecipeFile.parse(
        String.format(
                Locale.ROOT,
                "{'learning_rate': %s, 'weight_decay': 5e-4, 'momentum': 0.9, %s}",
                learningRate,
                length)
            .replace('\'', '"'),
        Path.of(""),
        warning -> {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'schedule': 'cosine', 'from': 0.1, 'over': '100%'}                                 | {'schedule': 'cosine', 'from': 0.1, 'over': 62560}
          {'schedule': 'cosine', 'from': 0.1, 'over': '30 %'}                                 | {'schedule': 'cosine', 'from': 0.1, 'over': 18768}
          {'schedule': 'cosine', 'from': 0.1, 'over': '0.1%'}                                 | {'schedule': 'cosine', 'from': 0.1, 'over': 63}
          {'schedule': 'cosine', 'from': 0.1, 'over': '100%', 'per_epoch': 391}               | {'schedule': 'cosine', 'from': 0.1, 'over': 160, 'per_epoch': 391}
          {'schedule': 'step_decay', 'from': 0.1, 'divided_by': 10, 'after': ['50%', '75%'], 'per_epoch': 391} | {'schedule': 'step_decay', 'from': 0.1, 'divided_by': 10, 'after': [80, 120], 'per_epoch': 391}
          {'schedule': 'cosine', 'from': 0.1, 'over': 160, 'per_epoch': 391, 'warmed_up': {'over': '5%'}} | {'schedule': 'cosine', 'from': 0.1, 'over': 160, 'per_epoch': 391, 'warmed_up': {'over': 3128}}
          {'schedule': 'cosine', 'from': 0.1, 'over': '5%', 'per_epoch': 391, 'repeated_every': '5%'} | {'schedule': 'cosine', 'from': 0.1, 'over': 8, 'per_epoch': 391, 'repeated_every': 3128}
          {'schedule': {'schedule': 'cosine', 'from': 0.1, 'over': '50%'}, 'per_epoch': 391}  | {'schedule': {'schedule': 'cosine', 'from': 0.1, 'over': 80}, 'per_epoch': 391}
          {'schedule': 'phases', 'phases': [{'schedule': 'linear', 'from': 0, 'to': 0.1, 'over': '5%', 'during': '5%'}, {'schedule': 'cosine', 'from': 0.1, 'over': '95%'}]} | {'schedule': 'phases', 'phases': [{'schedule': 'linear', 'from': 0, 'to': 0.1, 'over': 3128, 'during': 3128}, {'schedule': 'cosine', 'from': 0.1, 'over': 59432}]}
          """)
  void aShareIsANumberOfIterationsOrEpochs(String share, String iterations) {
    String length = "'epochs': 160, 'iterations_per_epoch': 391";
    RecipeFile read = recipe(share, length);
    assertThat(read).isEqualTo(recipe(iterations, length));
    assertThat(recipe(share, "'iterations': 62560").recipe()).isEqualTo(read.recipe());
    assertThat(read.toJson()).doesNotContain("%");
  }

  @Test
  void aShareOfAShorterRunIsShorter() {
    String cosine = "{'schedule': 'cosine', 'from': 0.1, 'over': '50%'}";
    assertThat(recipe(cosine, "'iterations': 1000").recipe().learningRate())
        .isNotEqualTo(recipe(cosine, "'iterations': 2000").recipe().learningRate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {'schedule': 'cosine', 'from': 0.1, 'over': '101%'}   | learning_rate.over: "101%": a share of the run is at most 100%
          {'schedule': 'cosine', 'from': '30%', 'over': 10}     | learning_rate.from: must be a number, not "30%"
          {'schedule': 'cosine', 'from': 0.1, 'over': '-5%'}    | learning_rate.over: must be a whole number, not "-5%"
          {'schedule': 'cosine', 'from': 0.1, 'over': '%'}      | learning_rate.over: must be a whole number, not "%"
          {'schedule': 'cosine', 'from': 0.1, 'over': '0%'}     | learning_rate: the number of iterations must be at least 1, not 0
          {'schedule': 'cosine', 'from': 0.1, 'over': 10, 'per_epoch': '5%'} | learning_rate.per_epoch: must be a whole number, not "5%"
          {'schedule': 'torch.StepLR', 'lr': 0.1, 'step_size': '5%'} | learning_rate.step_size: must be a whole number, not "5%"
          """)
  void whatIsNoShareOfTheRunIsRefused(String schedule, String message) {
    assertThatThrownBy(() -> recipe(schedule, "'iterations': 1000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void aShareNeedsTheLengthOfTheRun() {
    assertThatThrownBy(
            () -> recipe("{'schedule': 'cosine', 'from': 0.1, 'over': '50%'}", "'epochs': 3"))
        .hasMessageStartingWith("learning_rate.over: a share of the run needs its length: add");
    assertThatThrownBy(() -> recipe("0.1", "'iterations': '50%'"))
        .hasMessageContaining("iterations: must be a whole number");
  }

  @Test
  void everyKeyOfIterationsMayBeAShareExceptPerEpoch() {
    Set<String> keys =
        ScheduleFormats.all()
            .flatMap(format -> format.keys().stream())
            .filter(key -> key.kind().text().contains("iterations"))
            .map(key -> key.name().replaceAll(".*\\.", ""))
            .filter(name -> !name.equals("per_epoch"))
            .collect(Collectors.toSet());
    assertThat(RunShares.KEYS).containsExactlyInAnyOrderElementsOf(keys);
  }
}
