package explr.format;

import explr.conversion.Conversion;
import explr.optimizer.Optimizer;
import explr.schedule.Recipe;
import java.util.Optional;

/** Recipes converted for the rule that a conversion is for. */
final class ConvertedRecipes {

  private ConvertedRecipes() {}

  static ConvertedRecipe of(Recipe recipe, Conversion conversion) {
    Optimizer optimizer =
        switch (conversion) {
          case DECOUPLED -> new Optimizer.DecoupledMomentum();
          case RATE_INSIDE_BUFFER -> new Optimizer.RateInsideBuffer();
          default -> new Optimizer.Momentum();
        };
    return ConvertedRecipe.of(new RecipeFile(recipe, optimizer, Optional.empty()), conversion);
  }
}
