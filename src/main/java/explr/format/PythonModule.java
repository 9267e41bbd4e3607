package explr.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.conversion.Conversion;
import explr.conversion.RateInsideBuffer;
import explr.conversion.Twin;
import explr.file.Resource;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A converted recipe as a Python module. It joins the resources module.py, the steps of the
 * conversion and the part for a framework, and replaces names in braces by the recipe's formulas.
 */
final class PythonModule {

  /** Longer recipes, those with tables, are not repeated in the module's description. */
  private static final int LONG = 2000;

  private PythonModule() {}

  static String of(ConvertedRecipe converted, Framework framework) {
    framework.check(converted);
    refuseWhereDigitsAreLost(converted.twin());
    Recipe recipe = converted.source().recipe();
    long iterations = recipe.iterations();
    PythonSchedule schedules = new PythonSchedule();
    String learningRate = schedules.expression(recipe.learningRate(), iterations);
    String weightDecay = schedules.expression(recipe.weightDecay(), iterations);
    String momentum = schedules.expression(recipe.momentum(), iterations);
    Conversion conversion = converted.conversion();
    boolean decoupled = conversion == Conversion.DECOUPLED;
    boolean inside = conversion == Conversion.RATE_INSIDE_BUFFER;
    String used = inside ? "effective_momentum(t)" : "momentum(t)";
    String floor =
        isZeroAtTimes(inside ? new RateInsideBuffer(recipe) : recipe) ? " or 1e-300" : "";
    String identity =
        String.join("\n", schedules.definitions(), learningRate, weightDecay, momentum)
            + iterations;
    FrameworkPart part = FrameworkPart.of(text(framework.resource()));
    return (text("module.py") + steps(conversion) + part.code())
        .replace("{usage}", part.usage())
        .replace("{imports}", part.imports())
        .replace("{summary}", wrapped(converted.summary()))
        .replace("{range}", range(converted))
        .replace("{iterations}", Long.toString(iterations))
        .replace("{learning_rate}", learningRate)
        .replace("{weight_decay}", weightDecay)
        .replace("{momentum}", momentum)
        .replace("{conversion}", conversion.toString())
        .replace("{digest}", digest(identity))
        .replace("{values}", values(conversion))
        .replace("{eta}", rate(conversion))
        .replace("{twin_momentum}", decoupled ? "smaller_momentum(t)" : used)
        .replace("{twin_floor}", "step.momentum" + floor)
        .replace("{recipe_floor}", used + floor)
        .replace("{recipe_momentum}", used.replace("(t)", "(s.iteration)"))
        .replace("{group_decay}", decoupled ? "0.0" : "weight_decay(0)")
        .replace("{decay_hint}", decoupled ? ": SGD's own decay is not decoupled" : "")
        // Last, because they may be long.
        .replace("{definitions}", schedules.definitions())
        .replace("{recipe}", indented(recipeText(converted)));
  }

  private static String text(String name) {
    return Resource.text(PythonModule.class, name);
  }

  /** The module computes 1 − λη in doubles, which loses digits where λη is near 1. */
  private static void refuseWhereDigitsAreLost(Twin twin) {
    for (long t = 0; t < twin.iterations(); t++) {
      if (twin.oneMinusAlpha(t) > 0.999) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "at iteration %d λη is so near 1 that the Python module would lose digits; write csv or json",
                t));
      }
    }
  }

  private static String steps(Conversion conversion) {
    return switch (conversion) {
      case EXP, TEXP, TEXP_MINUS_MINUS -> text("roots.py");
      case TEXP_PLUS_PLUS -> text("texp_plus_plus.py");
      case DECOUPLED -> text("decoupled.py");
      case RATE_INSIDE_BUFFER -> text("rate_inside_buffer.py") + text("texp_plus_plus.py");
      case NESTEROV, FOLLOWING_BUFFERS, SMALLER_BETAS ->
          throw new IllegalArgumentException(
              "the Python module of this optimizer is not written yet; write csv or json");
    };
  }

  private static String values(Conversion conversion) {
    return conversion == Conversion.TEXP_MINUS_MINUS
        ? "learning_rate(0), weight_decay(t) * (learning_rate(t) / learning_rate(0)), momentum(t)"
        : "learning_rate(t), weight_decay(t), momentum(t)";
  }

  private static String rate(Conversion conversion) {
    return conversion == Conversion.TEXP_MINUS_MINUS ? "learning_rate(0)" : "learning_rate(t)";
  }

  /** PyTorch keeps no buffer at momentum 0, which a later momentum would need. */
  private static boolean isZeroAtTimes(Rates rates) {
    boolean zero = false;
    boolean positive = false;
    for (long t = 0; t < rates.iterations() && !(zero && positive); t++) {
      zero |= rates.momentum(t) == 0;
      positive |= rates.momentum(t) > 0;
    }
    return zero && positive;
  }

  /** Identifies the recipe that a saved state belongs to. */
  private static String digest(String identity) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String recipeText(ConvertedRecipe converted) {
    try {
      String text = converted.source().toJson().stripTrailing();
      return text.length() <= LONG ? text : "(a recipe with tables of values)";
    } catch (IllegalArgumentException e) {
      return "(a recipe with a custom schedule)";
    }
  }

  private static String range(ConvertedRecipe converted) {
    double last = converted.lastLogRate();
    return Double.isInfinite(last)
        ? ""
        : String.format(Locale.ROOT, " Here the last rate is 10^%.1f.", last / Math.log(10));
  }

  private static String indented(String text) {
    return text.indent(4).stripTrailing() + "\n";
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ")) {
      if (column > 0 && column + 1 + word.length() > 98) {
        lines.append('\n');
        column = 0;
      } else if (column > 0) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += word.length();
    }
    return lines.toString();
  }
}
