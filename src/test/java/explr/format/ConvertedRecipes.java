package explr.format;

import explr.conversion.Conversion;
import explr.conversion.UpdateRule;
import explr.schedule.Recipe;
import java.util.Optional;

/** Recipes converted for the rule that a conversion is for. */
final class ConvertedRecipes {

  private ConvertedRecipes() {}

  static ConvertedRecipe of(Recipe recipe, Conversion conversion) {
    UpdateRule rule =
        switch (conversion) {
          case DECOUPLED -> UpdateRule.DECOUPLED;
          case RATE_INSIDE_BUFFER -> UpdateRule.RATE_INSIDE_BUFFER;
          default -> UpdateRule.MOMENTUM;
        };
    return ConvertedRecipe.of(new RecipeFile(recipe, rule, Optional.empty()), conversion);
  }
}
