package explr.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import explr.optimizer.Optimizer;
import explr.schedule.Schedule;

/** The optimizer of a recipe as keys of JSON; {@link OptimizerFormats} reads them. */
final class OptimizerWriter {

  private OptimizerWriter() {}

  /**
   * Adds the keys.
   *
   * @param cycled whether the momentum is written with the learning rate
   */
  static void write(RecipeFile file, JsonObject json, boolean cycled) {
    Optimizer optimizer = file.optimizer();
    if (optimizer instanceof Optimizer.Nesterov) {
      json.addProperty("nesterov", true);
    } else if (optimizer instanceof Optimizer.DecoupledMomentum) {
      json.addProperty("decoupled", true);
    } else if (optimizer instanceof Optimizer.RateInsideBuffer) {
      json.addProperty("rate_inside_buffer", true);
    } else if (optimizer instanceof Optimizer.Normalized) {
      json.addProperty(OptimizerFormats.KEY, name(optimizer));
      optimizer.secondBeta().ifPresent(beta2 -> writeBetas(file, beta2, json, cycled));
      if (optimizer instanceof Optimizer.Muon muon) {
        json.addProperty("nesterov", muon.nesterov());
      }
      optimizer.epsilonOfStep().ifPresent(eps -> json.add("eps", JsonText.number(eps)));
    }
  }

  /** The name that a recipe gives it. */
  static String name(Optimizer optimizer) {
    if (optimizer instanceof Optimizer.SignSgd) {
      return "SignSGD";
    }
    if (optimizer instanceof Optimizer.DecoupledMomentum) {
      return "SGDW";
    }
    return optimizer instanceof Optimizer.Normalized ? optimizer.getClass().getSimpleName() : "SGD";
  }

  private static void writeBetas(RecipeFile file, Schedule beta2, JsonObject json, boolean cycled) {
    if (cycled) {
      json.add("beta2", RecipeFile.written("beta2", beta2));
      return;
    }
    JsonArray betas = new JsonArray();
    betas.add(RecipeFile.written("betas[0]", file.recipe().momentum()));
    betas.add(RecipeFile.written("betas[1]", beta2));
    json.add("betas", betas);
  }
}
