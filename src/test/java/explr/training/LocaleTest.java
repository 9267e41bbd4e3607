package explr.training;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.TexpPlusPlus;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MXNet parses the numbers of the graph that it is given: with other digits it does not load. */
class LocaleTest {

  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @EnumSource(EngineName.class)
  void anEngineTrainsTheSameBitsInALocaleWithOtherDigits(EngineName engine)
      throws InterruptedException {
    State expected = trained(engine);
    Locale.setDefault(new Locale.Builder().setLanguageTag("fa-IR-u-nu-arabext").build());
    assertThat(String.format("%d", 10)).as("the locale has other digits").isNotEqualTo("10");
    State state = trained(engine);
    assertThat(state.weights()).isEqualTo(expected.weights());
    assertThat(state.means()).isEqualTo(expected.means());
  }

  private static State trained(EngineName engine) throws InterruptedException {
    Rates rates = TexpPlusPlus.of(Recipe.of(0.1, 5e-3, 0.9, 3));
    try (Run run = Run.start(Tasks.small(engine, Precision.FLOAT32), rates)) {
      run.train(new Listener() {});
      return run.checkpoint().state();
    }
  }
}
