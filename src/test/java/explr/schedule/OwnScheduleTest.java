package explr.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import org.junit.jupiter.api.Test;

/** The example of a schedule of one's own: nothing to register, a record or a lambda is enough. */
class OwnScheduleTest {

  /** η_t = peak · min(1, t/n) · √(n / max(n, t)): rises in a line, falls as an inverse root. */
  record InverseRoot(double peak, long warmUp) implements Schedule {

    @Override
    public double at(long iteration) {
      double rise = Math.min(1, (double) iteration / warmUp);
      return peak * rise * Math.sqrt((double) warmUp / Math.max(warmUp, iteration));
    }
  }

  @Test
  void isConvertedAsAnyOther() {
    Recipe recipe = Recipe.of(new InverseRoot(0.1, 500), 5e-4, 0.9, 10_000);
    Twin twin = TexpPlusPlus.of(recipe);
    assertThat(recipe.learningRate(2_000)).isEqualTo(0.05);
    assertThat(twin.learningRate(10_000 - 1)).isGreaterThan(recipe.learningRate(10_000 - 1));
  }
}
