package explr.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.conversion.Conversion;
import explr.conversion.RateInsideBuffer;
import explr.file.Resource;
import explr.optimizer.Optimizer;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A converted recipe as a Python module. It joins the resources module.py, the steps of the
 * conversion and the part for a framework, and replaces names in braces by the recipe's formulas.
 */
final class PythonModule {

  /** Longer recipes, those with tables, are not repeated in the module's description. */
  private static final int LONG = 2000;

  private static final String FIRST_BETA =
      """
          \"\"\"The first of the betas.\"\"\"
      """;

  private static final String RANGE_OF_SQUARES =
      """

      Second moments shrink by P^2: TwinSchedule raises OverflowError where that of a gradient of size 1 leaves the range
      of normal numbers.\
      """;

  private static final String RESCALED =
      "rate, running variances and epsilon by c^2,\"\n"
          + "        \" corrections by 1/c^2 and buffers by 1/c";
  private static final String RESCALED_NORMALIZED =
      "the rate by c,\"\n"
          + "        \" running variances and the epsilon of normalizations by c^2, linear buffers and the"
          + " optimizer's\"\n        \" epsilon by 1/c, second moments by 1/c^2";

  private static final String SMALLEST =
      """
              self._smallest = max(torch.finfo(p.dtype).tiny for p in weights)
      """;

  private static final String CHECK_SQUARES =
      """
                  if math.exp(-2 * step.ln_scale) < self._smallest:
                      self._overflow = f"step {t}: second moments leave the range of the weights' type; stop before"
      """;

  private PythonModule() {}

  static String of(ConvertedRecipe converted, Framework framework) {
    String ofConversion = steps(converted.conversion());
    framework.check(converted);
    refuseWhereDigitsAreLost(converted);
    Recipe recipe = converted.source().recipe();
    Optimizer optimizer = converted.source().optimizer();
    long iterations = recipe.iterations();
    PythonSchedule schedules = new PythonSchedule();
    String learningRate = schedules.expression(recipe.learningRate(), iterations);
    String weightDecay = schedules.expression(recipe.weightDecay(), iterations);
    String momentum = schedules.expression(recipe.momentum(), iterations);
    String more = ofOptimizer(optimizer, schedules, iterations);
    Conversion conversion = converted.conversion();
    boolean decoupled = conversion == Conversion.DECOUPLED;
    boolean inside = conversion == Conversion.RATE_INSIDE_BUFFER;
    boolean scaled =
        conversion == Conversion.FOLLOWING_BUFFERS || conversion == Conversion.NESTEROV;
    boolean squares = optimizer.bufferDegrees().contains(-2);
    String used = inside ? "effective_momentum(t)" : "momentum(t)";
    String floor =
        isZeroAtTimes(inside ? new RateInsideBuffer(recipe) : recipe) ? " or 1e-300" : "";
    String identity =
        String.join("\n", schedules.definitions(), learningRate, weightDecay, momentum)
            + more
            + iterations;
    FrameworkPart part = FrameworkPart.of(text(framework.resource()));
    String module =
        (text("module.py") + ofConversion + part.code())
            .replace("{usage}", part.usage())
            .replace("{imports}", part.imports());
    Map<String, String> ofTorch =
        TorchOptimizer.of(optimizer, conversion, used, floor).replacements(scaled);
    for (Map.Entry<String, String> each : ofTorch.entrySet()) {
      module = module.replace(each.getKey(), each.getValue());
    }
    return module
        .replace("{scale_buffers}", scaled ? text("scale_buffers.py") : "")
        .replace("{scales}", scaled ? "buffers, " : "")
        .replace("{corrects}", scaled ? "" : ", and corrects the buffers")
        .replace("{smallest}", squares ? SMALLEST : "")
        .replace("{squares}", squares ? CHECK_SQUARES : "")
        .replace("{range_of_squares}", squares ? RANGE_OF_SQUARES : "")
        .replace("{momentum_words}", optimizer.secondBeta().isPresent() ? FIRST_BETA : "")
        .replace("{step_words}", stepWords(converted))
        .replace("{summary}", wrapped(converted.summary()))
        .replace("{range}", range(converted))
        .replace("{iterations}", Long.toString(iterations))
        .replace("{learning_rate}", learningRate)
        .replace("{weight_decay}", weightDecay)
        .replace("{momentum}", momentum)
        .replace("{more}", more)
        .replace("{step_fields}", stepFields(converted))
        .replace("{step_values}", stepValues(converted))
        .replace("{ln_growth}", optimizer.stepDegree() == 0 ? "after" : "before + after")
        .replace("{rescaled}", optimizer.stepDegree() == 0 ? RESCALED_NORMALIZED : RESCALED)
        .replace("{kappa}", scaled ? "0.0" : "_scales.extras.get(t, 0.0)")
        .replace("{conversion}", conversion.toString())
        .replace("{digest}", digest(identity))
        .replace("{values}", values(conversion))
        .replace("{eta}", rate(conversion))
        .replace("{twin_momentum}", twinMomentum(conversion, used))
        .replace("{recipe_momentum}", used.replace("(t)", "(s.iteration)"))
        .replace("{group_decay}", decoupled ? "0.0" : "weight_decay(0)")
        .replace("{decay_hint}", decoupled ? ": SGD's own decay is not decoupled" : "")
        // Last, because they may be long.
        .replace("{definitions}", schedules.definitions())
        .replace("{recipe}", indented(recipeText(converted)));
  }

  /** What an optimizer has in addition to rate, decay and momentum. */
  private static String ofOptimizer(
      Optimizer optimizer, PythonSchedule schedules, long iterations) {
    String beta2 =
        optimizer
            .secondBeta()
            .map(beta -> "def beta2(t):\n    return " + schedules.expression(beta, iterations))
            .map(text -> text + "\n\n\n")
            .orElse("");
    return optimizer.epsilonOfStep().isEmpty()
        ? beta2
        : beta2
            + "EPSILON = "
            + PythonSchedule.decimal(optimizer.epsilonOfStep().getAsDouble())
            + "  # of the recipe's optimizer\n\n\n";
  }

  private static String stepFields(ConvertedRecipe converted) {
    List<String> names = converted.row().names();
    return (names.contains("beta2") ? " beta2" : "")
        + (names.contains("buffer_factor") ? " buffer_factor" : "")
        + (names.contains("eps") ? " epsilon" : "");
  }

  private static String stepWords(ConvertedRecipe converted) {
    List<String> names = converted.row().names();
    return (names.contains("beta2") ? "    momentum, beta2: the betas.\n" : "")
        + (names.contains("buffer_factor")
            ? "    buffer_factor: before the step each buffer is multiplied by it, a second moment by its square.\n"
            : "")
        + (names.contains("eps") ? "    epsilon: of the optimizer.\n" : "");
  }

  private static String stepValues(ConvertedRecipe converted) {
    List<String> names = converted.row().names();
    boolean smaller = converted.conversion() == Conversion.SMALLER_BETAS;
    List<String> values = new ArrayList<>();
    if (names.contains("beta2")) {
      values.add(smaller ? "BETAS[1]" : "beta2(t)");
    }
    if (names.contains("buffer_factor")) {
      values.add(smaller ? "1.0" : "buffer_factor(t)");
    }
    if (names.contains("eps")) {
      values.add((smaller ? "adam_epsilon(t)" : "EPSILON") + " * math.exp(-before)");
    }
    return values.isEmpty() ? "" : ",\n        " + String.join(", ", values);
  }

  private static String twinMomentum(Conversion conversion, String used) {
    return switch (conversion) {
      case DECOUPLED -> "smaller_momentum(t)";
      case NESTEROV -> "nesterov_momentum(t)";
      case SMALLER_BETAS -> "BETAS[0]";
      default -> used;
    };
  }

  private static String text(String name) {
    return Resource.text(PythonModule.class, name);
  }

  /** The module computes 1 − λη in doubles, which loses digits where λη is near 1. */
  private static void refuseWhereDigitsAreLost(ConvertedRecipe converted) {
    converted.forEach(
        1,
        step -> {
          if (step.oneMinusAlpha() > 0.999) {
            throw new IllegalArgumentException(
                String.format(
                    Locale.ROOT,
                    "at iteration %d λη is so near 1 that the Python module would lose digits; write csv or json",
                    step.iteration()));
          }
        });
  }

  private static String steps(Conversion conversion) {
    return switch (conversion) {
      case EXP, TEXP, TEXP_MINUS_MINUS -> text("roots.py");
      case TEXP_PLUS_PLUS -> text("texp_plus_plus.py");
      case DECOUPLED -> text("decoupled.py");
      case RATE_INSIDE_BUFFER -> text("rate_inside_buffer.py") + text("texp_plus_plus.py");
      case NESTEROV -> text("nesterov.py");
      case FOLLOWING_BUFFERS -> text("following.py");
      case SMALLER_BETAS -> text("smaller_betas.py");
      case WITH_DECAY ->
          throw new IllegalArgumentException(
              "the run with decay needs no module: train it with the optimizer itself; write csv or json");
    };
  }

  private static String values(Conversion conversion) {
    return conversion == Conversion.TEXP_MINUS_MINUS
        ? "learning_rate(0), weight_decay(t) * (learning_rate(t) / learning_rate(0)), momentum(t)"
        : "learning_rate(t), weight_decay(t), momentum(t)";
  }

  private static String rate(Conversion conversion) {
    return switch (conversion) {
      case TEXP_MINUS_MINUS -> "learning_rate(0)";
      case NESTEROV -> "nesterov_rate(t)";
      case SMALLER_BETAS -> "adam_rate(t)";
      default -> "learning_rate(t)";
    };
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
