package explr.format;

import explr.conversion.Conversion;
import explr.conversion.Twin;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import java.util.Locale;

/** A converted recipe as a Python module for PyTorch. */
final class PythonModule {

  /** Longer recipes, those with tables, are not repeated in the module's description. */
  private static final int LONG = 2000;

  private static final String HEAD =
      """
      \"""Trains without weight decay what this recipe trains with it. Written by explr.

      {recipe}
      {summary}

      The optimizer is plain SGD with momentum, without Nesterov and dampening:

          optimizer = torch.optim.SGD(parameters, lr=1, momentum=0.9)
          for step, (images, labels) in zip(steps(), batches):
              optimizer.zero_grad()
              loss_function(model(images), labels).backward()
              before_step(optimizer, step)
              optimizer.step()
              after_step(model, step)

      What the loss must be: the same when all parameters are multiplied by c > 0. So every layer but
      the last is followed by a normalization, and the last linear layer is fixed: make it once at
      random and leave it out of `parameters`. Every one of `parameters` was decayed by the recipe.

      Range: the rate and the weights grow without end.{range}
      steps() raises an error where the rate leaves float32; squares of weights do so earlier.
      \"""

      import math
      from collections import namedtuple

      ITERATIONS = {iterations}
      LARGEST_LN_RATE = 88.72  # of float32; 709.78 for a model in float64

      # correction: this multiple of the weights is added to their buffer before the step;
      # growth: by this the step multiplies the weights more than the recipe's step does.
      Step = namedtuple("Step", "rate momentum correction growth")


      {definitions}def learning_rate(t):
          return {learning_rate}


      def weight_decay(t):
          return {weight_decay}


      def momentum(t):
          return {momentum}


      """;

  private static final String ROOTS =
      """
      def steps():
          \"""The steps of {conversion}: exponential growth by the root z in each phase.\"""
          ln_scale = offset = 0.0
          for t in range(ITERATIONS):
              eta, decay, gamma = {values}
              product = eta * decay
              gap = max(0.0, (1 - math.sqrt(gamma)) ** 2 - product)
              separation = math.sqrt(gap * (gap + 4 * math.sqrt(gamma)))
              minus = 2 * product / (1 - gamma + product + separation)  # 1 - z
              before, offset = offset, minus / ((1 - minus) * eta)
              after = ln_scale - math.log1p(-minus)
              rate = grown(eta, ln_scale + after, t)
              correction = (before - offset) * eta / (1 - minus) / rate
              yield Step(rate, gamma, correction, 1 / (1 - minus))
              ln_scale = after


      """;

  private static final String TEXP_PLUS_PLUS =
      """
      def steps():
          \"""The steps of TEXP++: alpha is by what the recipe's decay shrinks the weights at t.\"""
          ln_scale = offset = 0.0
          for t in range(ITERATIONS):
              eta, gamma = learning_rate(t), momentum(t)
              pull = weight_decay(t) + gamma * offset
              alpha = 1 - eta * pull
              after = ln_scale - math.log1p(-eta * pull)
              yield Step(grown(eta, ln_scale + after, t), gamma, 0, 1 / alpha)
              ln_scale, offset = after, pull / alpha


      """;

  private static final String DECOUPLED =
      """
      def steps():
          \"""The steps for decoupled decay, with the smaller momentum that it needs.\"""
          ln_scale, before = 0.0, 1.0
          for t in range(ITERATIONS):
              eta, decayed = learning_rate(t), learning_rate(t) * weight_decay(t)
              after = ln_scale - math.log1p(-decayed)
              yield Step(grown(eta, ln_scale + after, t), momentum(t) * before, 0, 1 / (1 - decayed))
              ln_scale, before = after, 1 - decayed


      """;

  private static final String TAIL =
      """
      def grown(eta, ln_growth, t):
          \"""eta * e^ln_growth, as long as the weights' number type holds it.\"""
          if eta > 0 and math.log(eta) + ln_growth > LARGEST_LN_RATE:
              raise OverflowError(
                  f"iteration {t}: the rate e^{math.log(eta) + ln_growth:.2f} leaves the range of numbers; "
                  "stop before, train in float64, or divide weights and running means by c, rate, running "
                  "variances and epsilon by c^2, buffers by 1/c and corrections by 1/c^2"
              )
          return eta * math.exp(ln_growth)


      def before_step(optimizer, step):
          \"""Sets rate and momentum and corrects the buffers; between backward() and optimizer.step().\"""
          for group in optimizer.param_groups:
              group.update(lr=step.rate, momentum={group_momentum}, weight_decay=0)
              if step.correction:
                  for p in group["params"]:
                      if p.grad is not None:
                          buffer = optimizer.state[p].get("momentum_buffer")
                          pull = step.correction * p.detach()
                          optimizer.state[p]["momentum_buffer"] = pull if buffer is None else buffer + pull


      def after_step(model, step, degree=1):
          \"""Lets running statistics and epsilon keep up with the growing weights.

          degree: the power of the weights' scale that the input of a normalization has; 1 directly after
          a layer whose input has a fixed scale, as after a normalization without trained scale and shift.
          \"""
          for module in model.modules():
              if getattr(module, "running_mean", None) is not None:
                  module.running_mean *= step.growth**degree
                  module.running_var *= step.growth ** (2 * degree)
              if hasattr(module, "eps"):
                  module.eps *= step.growth ** (2 * degree)
      """;

  private PythonModule() {}

  static String of(ConvertedRecipe converted) {
    refuseWhereDigitsAreLost(converted.twin());
    Recipe recipe = converted.source().recipe();
    long iterations = recipe.iterations();
    PythonSchedule schedules = new PythonSchedule();
    String learningRate = schedules.expression(recipe.learningRate(), iterations);
    String weightDecay = schedules.expression(recipe.weightDecay(), iterations);
    String momentum = schedules.expression(recipe.momentum(), iterations);
    Conversion conversion = converted.conversion();
    return (HEAD + steps(conversion) + TAIL)
        .replace("{recipe}", indented(recipeText(converted)))
        .replace("{summary}", wrapped(converted.summary()))
        .replace("{range}", range(converted))
        .replace("{iterations}", Long.toString(iterations))
        .replace("{definitions}", schedules.definitions())
        .replace("{learning_rate}", learningRate)
        .replace("{weight_decay}", weightDecay)
        .replace("{momentum}", momentum)
        .replace("{conversion}", conversion.toString())
        .replace("{values}", values(conversion))
        .replace("{group_momentum}", groupMomentum(converted.twin()));
  }

  /** The module computes 1 − λη in plain doubles, which has few digits left where it is near 0. */
  private static void refuseWhereDigitsAreLost(Twin twin) {
    for (long t = 0; t < twin.iterations(); t++) {
      if (twin.oneMinusAlpha(t) > 0.999) {
        throw new IllegalArgumentException(
            "at iteration %d λη is so near 1 that the Python module would lose digits; write csv or json"
                .formatted(t));
      }
    }
  }

  private static String steps(Conversion conversion) {
    return switch (conversion) {
      case EXP, TEXP, TEXP_MINUS_MINUS -> ROOTS;
      case TEXP_PLUS_PLUS -> TEXP_PLUS_PLUS;
      case DECOUPLED -> DECOUPLED;
    };
  }

  private static String values(Conversion conversion) {
    return conversion == Conversion.TEXP_MINUS_MINUS
        ? "learning_rate(0), weight_decay(t) * (learning_rate(t) / learning_rate(0)), momentum(t)"
        : "learning_rate(t), weight_decay(t), momentum(t)";
  }

  /** PyTorch keeps no buffer at momentum 0, which a later momentum would need. */
  private static String groupMomentum(Rates rates) {
    boolean zero = false;
    boolean positive = false;
    for (long t = 0; t < rates.iterations(); t++) {
      zero |= rates.momentum(t) == 0;
      positive |= rates.momentum(t) > 0;
    }
    return zero && positive ? "step.momentum or 1e-300" : "step.momentum";
  }

  private static String recipeText(ConvertedRecipe converted) {
    try {
      String text = converted.source().toJson().stripTrailing();
      return text.length() <= LONG ? text : "(a recipe with tables of values)";
    } catch (IllegalArgumentException e) {
      return "(a recipe with a schedule of one's own)";
    }
  }

  private static String range(ConvertedRecipe converted) {
    double last = converted.twin().logLearningRate(converted.twin().iterations() - 1);
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
