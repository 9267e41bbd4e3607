package explr.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import explr.optimizer.Optimizer;
import explr.schedule.Constant;
import explr.schedule.Cosine;
import explr.schedule.RandomSchedules;
import explr.schedule.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names and keys of optimizers in recipe files. */
class OptimizerFormatsTest {

  private static RecipeFile parse(String keys) {
    String json =
        String.format(
            Locale.ROOT,
            "{'learning_rate': 0.1, 'weight_decay': 5e-4, 'iterations': 10, %s}",
            keys);
    return RecipeFile.parse(
        json.replace('\'', '"'), Path.of(""), warning -> fail("unexpected warning: " + warning));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'momentum': 0.9                                                  | Momentum[]
          'optimizer': 'SGD', 'momentum': 0.9                              | Momentum[]
          'optimizer': 'momentum', 'momentum': 0.9                         | Momentum[]
          'optimizer': 'torch.optim.SGD', 'momentum': 0.9, 'nesterov': true | Nesterov[]
          'optimizer': 'timm.sgd', 'momentum': 0.9                         | Nesterov[]
          'optimizer': 'timm.momentum', 'momentum': 0.9                    | Momentum[]
          'optimizer': 'optax.sgd', 'momentum': 0.9                        | Momentum[]
          'optimizer': 'SGDW', 'momentum': 0.9                             | DecoupledMomentum[]
          'optimizer': 'sgd', 'momentum': 0.9, 'decoupled': true           | DecoupledMomentum[]
          'optimizer': 'timm.optim.SGDW', 'momentum': 0.9, 'nesterov': false | DecoupledMomentum[]
          'momentum': 0.9, 'rate_inside_buffer': true                      | RateInsideBuffer[]
          'optimizer': 'AdamW', 'betas': [0.9, 0.98], 'eps': 1e-6          | AdamW[beta2=Constant[value=0.98], epsilon=1.0E-6]
          'optimizer': 'torch.optim.AdamW'                                 | AdamW[beta2=Constant[value=0.999], epsilon=1.0E-8]
          'optimizer': 'torch.AdamW', 'betas': [0.9, 0.95]                 | AdamW[beta2=Constant[value=0.95], epsilon=1.0E-8]
          'optimizer': 'torch.optim.Adam', 'decoupled_weight_decay': true  | AdamW[beta2=Constant[value=0.999], epsilon=1.0E-8]
          'optimizer': 'optax.adamw', 'b2': 0.99                           | AdamW[beta2=Constant[value=0.99], epsilon=1.0E-8]
          'optimizer': 'transformers.adamw_torch', 'adam_epsilon': 1e-7    | AdamW[beta2=Constant[value=0.999], epsilon=1.0E-7]
          'optimizer': 'keras.optimizers.AdamW', 'epsilon': 0              | AdamW[beta2=Constant[value=0.999], epsilon=0.0]
          'optimizer': 'Lion', 'betas': [0.9, 0.99]                        | Lion[beta2=Constant[value=0.99]]
          'optimizer': 'keras.optimizers.Lion', 'beta_2': 0.98             | Lion[beta2=Constant[value=0.98]]
          'optimizer': 'timm.lion'                                         | Lion[beta2=Constant[value=0.99]]
          'optimizer': 'SignSGD', 'momentum': 0                            | SignSgd[]
          'optimizer': 'optax.signum'                                      | SignSgd[]
          'optimizer': 'Muon', 'momentum': 0.9, 'nesterov': true, 'eps': 1e-7 | Muon[nesterov=true, epsilon=1.0E-7]
          'optimizer': 'torch.optim.Muon'                                  | Muon[nesterov=true, epsilon=1.0E-7]
          'optimizer': 'timm.muon', 'ns_coefficients': 'original'          | Muon[nesterov=false, epsilon=1.0E-7]
          'optimizer': 'AdamW', 'betas': [0.9, 0.999], 'eps': 0, 'decoupled': true, 'amsgrad': false | AdamW[beta2=Constant[value=0.999], epsilon=0.0]
          """)
  void aNameIsReadWithTheDefaultsOfItsFrameworkAndWrittenAsOurs(String keys, String optimizer) {
    RecipeFile file = parse(keys);
    assertThat(file.optimizer()).hasToString(optimizer);
    assertThat(RecipeFile.parse(file.toJson(), Path.of(""), warning -> {})).isEqualTo(file);
    if (!keys.contains("'momentum'") && !keys.contains("uon") && !keys.contains("'betas'")) {
      assertThat(file.recipe().momentum()).isEqualTo(new Constant(0.9));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'optimizer': 'Adam', 'betas': [0.9, 0.999], 'eps': 0 | optimizer: Adam adds its weight decay to the gradient, and the squares of the gradient then hold products of gradient and weights, which no rate replaces; "AdamW", whose decay is decoupled, comes closest
          'optimizer': 'torch.optim.RMSprop'   | optimizer: "torch.optim.RMSprop" has no conversion: its weight decay is part of the gradient
          'optimizer': 'LAMB'                  | optimizer: "LAMB" has no conversion: its step is scaled by the norms
          'optimizer': 'timm.lars'             | optimizer: "timm.lars" has no conversion: its step is scaled by the norms of the weights and of a direction that holds the decay; "SGDW" comes closest
          'optimizer': 'transformers.adafactor' | optimizer: "transformers.adafactor" has no conversion
          'optimizer': 'Adagrad'               | optimizer: "Adagrad" has no conversion
          'optimizer': 'AMSGrad'               | optimizer: "AMSGrad" has no conversion: it keeps the maximum of the squares
          'optimizer': 'AdamW', 'betas': [0.9, 0.999], 'eps': 0, 'amsgrad': true | amsgrad: true: only false can be read; AMSGrad has no conversion here
          'optimizer': 'optax.adamw', 'nesterov': true | nesterov: true: only false can be read; Adam with Nesterov's momentum
          'optimizer': 'keras.optimizers.AdamW' | optimizer: Keras' AdamW adds epsilon before v is corrected
          'optimizer': 'keras.optimizers.SGD', 'momentum': 0.9 | optimizer: Keras' SGD decouples its argument weight_decay
          'optimizer': 'optax.contrib.muon'    | optimizer: optax corrects the bias of Muon's buffer
          'optimizer': 'timm.muon'             | 'ns_coefficients' is missing
          'optimizer': 'timm.sgdw', 'momentum': 0.9 | 'nesterov' is missing
          'optimizer': 'timm.sgdw', 'momentum': 0.9, 'nesterov': true | nesterov: true: only false can be read; decoupled decay with Nesterov momentum
          'optimizer': 'timm.lion', 'corrected_weight_decay': true | corrected_weight_decay: true: only false
          'optimizer': 'Adamw2'                | optimizer: there is no optimizer "Adamw2"; there are SGD, SGDW, AdamW, Adam, Lion, SignSGD, Muon, and the names of frameworks, such as torch.optim.AdamW
          'optimizer': 'AdamW', 'eps': 1e-8    | betas: is missing; this optimizer needs β₁ and β₂
          'optimizer': 'AdamW', 'betas': [0.9, 0.999] | 'eps' is missing
          'optimizer': 'AdamW', 'betas': [0.9], 'eps': 0 | betas: needs β₁ and β₂, not 1 values
          'optimizer': 'AdamW', 'betas': [0.9, 1], 'eps': 0 | betas[1]: β₂ must lie in [0, 1); at iteration 0 it is 1.0
          'optimizer': 'AdamW', 'betas': [1.5, 0.9], 'eps': 0 | betas[0]: the momentum must lie in [0, 1)
          'optimizer': 'AdamW', 'betas': [0.9, 0.9], 'eps': -1 | AdamW needs a finite ε ≥ 0
          'optimizer': 'Lion', 'betas': [0.9, 0.9], 'momentum': 0.9 | momentum: this optimizer calls it β₁
          'optimizer': 'Lion', 'betas': [0.9, 0.9], 'beta2': 0.9 | betas: already gives both β
          'optimizer': 'Lion', 'betas': [0.9, 0.9], 'nesterov': true | nesterov: true: Lion has no such variant here
          'optimizer': 'Lion', 'betas': [0.9, 0.9], 'decoupled': false | decoupled: false: Lion has no such variant here
          'optimizer': 'SGDW', 'momentum': 0.9, 'rate_inside_buffer': true | rate_inside_buffer: true: SGDW has no such variant
          'optimizer': 'SGD', 'momentum': 0.9, 'nesterov': true, 'decoupled': true | nesterov: decoupled decay with Nesterov momentum has no conversion here
          'optimizer': 'SGD', 'momentum': 0.9, 'nesterov': true, 'rate_inside_buffer': true | rate_inside_buffer: Nesterov momentum with the rate inside
          'optimizer': 'Muon', 'momentum': 0.9, 'eps': 0 | 'nesterov' is missing
          'optimizer': 7, 'momentum': 0.9      | optimizer: must be a string
          """)
  void refusesWithTheReasonAndWhatToDo(String keys, String message) {
    assertThatThrownBy(() -> parse(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void adamWithoutDecayIsAdamWWithoutDecay() {
    String json =
        "{\"optimizer\": \"torch.optim.Adam\", \"learning_rate\": 0.1, \"weight_decay\": 0,"
            + " \"iterations\": 10}";
    assertThat(RecipeFile.parse(json, Path.of(""), warning -> {}).optimizer())
        .isEqualTo(Optimizer.AdamW.of(0.999, 1e-8));
  }

  @Test
  void oneCycleComesWithTheFirstBeta() {
    String json =
        "{\"optimizer\": \"AdamW\", %s\"eps\": 1e-8, \"weight_decay\": 0.1, \"one_cycle\": {\"peak\":"
            + " 0.01, \"over\": 10}}";
    RecipeFile file =
        RecipeFile.parse(json.formatted("\"beta2\": 0.99, "), Path.of(""), warning -> {});
    assertThat(file.recipe().momentum().at(0)).isEqualTo(0.95);
    assertThat(RecipeFile.parse(file.toJson(), Path.of(""), warning -> {})).isEqualTo(file);
    assertThatThrownBy(
            () ->
                RecipeFile.parse(
                    json.formatted("\"betas\": [0.9, 0.99], "), Path.of(""), warning -> {}))
        .hasMessage("betas: β₁ comes with the learning rate; give 'beta2' alone");
  }

  @Test
  void everyOptimizerWithSchedulesOfEverythingIsWrittenAndReadBackEqual() {
    RandomSchedules random = new RandomSchedules(3, 50);
    for (int i = 0; i < 200; i++) {
      Cosine beta2 = Cosine.from(0.9).to(0.99).over(1 + i);
      List<Optimizer> optimizers =
          List.of(
              new Optimizer.Momentum(),
              new Optimizer.Nesterov(),
              new Optimizer.RateInsideBuffer(),
              new Optimizer.DecoupledMomentum(),
              new Optimizer.AdamW(beta2, 1e-8 * i),
              new Optimizer.Lion(beta2),
              new Optimizer.SignSgd(),
              new Optimizer.Muon(i % 2 == 0, 1e-7));
      Recipe recipe =
          new Recipe(random.next(2), random.next(2), Cosine.from(0.9).over(50).times(0.5), 50);
      for (Optimizer optimizer : optimizers) {
        RecipeFile file = new RecipeFile(recipe, optimizer, Optional.empty());
        RecipeFile read = RecipeFile.parse(file.toJson(), Path.of(""), warning -> {});
        assertThat(read).isEqualTo(file);
      }
    }
  }
}
