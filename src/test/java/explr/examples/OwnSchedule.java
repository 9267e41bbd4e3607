package explr.examples;

import explr.conversion.TexpPlusPlus;
import explr.conversion.Twin;
import explr.schedule.Recipe;
import explr.schedule.Schedule;

/** A schedule of one's own and its equivalent without weight decay; nothing to register. */
public record OwnSchedule(double peak, long warmUp) implements Schedule {

  /** η_t = peak · min(1, t/n) · √(n / max(n, t)): rises in a line, then falls as 1/√t. */
  @Override
  public double at(long iteration) {
    double rise = Math.min(1, (double) iteration / warmUp);
    return peak * rise * Math.sqrt((double) warmUp / Math.max(warmUp, iteration));
  }

  /** Weight decay 5e-4 and momentum 0.9 as usual; a lambda t -> … would do as well. */
  public static void main(String[] arguments) {
    Recipe recipe = Recipe.of(new OwnSchedule(0.1, 500), 5e-4, 0.9, 10_000);
    Twin twin = TexpPlusPlus.of(recipe); // trains the same networks with weight decay 0
    System.out.printf(
        "last rate %.4f → %.4f%n", recipe.learningRate(9_999), twin.learningRate(9_999));
  }
}
