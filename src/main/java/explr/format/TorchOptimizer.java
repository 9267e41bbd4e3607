package explr.format;

import explr.conversion.Conversion;
import explr.optimizer.Optimizer;
import java.util.Locale;
import java.util.Map;

/**
 * What a PyTorch module needs to know about an optimizer, as Python.
 *
 * @param name as in {@code torch.optim.AdamW}
 * @param className by which it is recognised
 * @param required options with the values that were converted
 * @param buffers names of the buffers, with their powers of the buffer factor
 * @param twinValues what a converted group gets at a step
 * @param recipeValues what the other groups get
 * @param arguments of its constructor, in addition to rate and decay
 * @param words what the schedule sets, for the documentation
 */
record TorchOptimizer(
    String name,
    String className,
    String required,
    String buffers,
    String twinValues,
    String recipeValues,
    String arguments,
    String words) {

  private static final String MOMENTUM_BUFFER = "{\"momentum_buffer\": 1}";
  private static final String REST =
      "            {\"name\": \"rest\", \"params\": [parameters[each] for each in rest]},\n";
  private static final String NO_REST =
      "            # Muon is for matrices alone: train the rest with an optimizer of its own.\n";
  private static final String OF_MUON =
      """
      Muon of PyTorch 2.9 and newer, or of timm. It orthogonalizes in bfloat16, whose rounding depends on P: the runs
      differ as two runs with different rounding do.

      """;
  private static final String OF_LION =
      """
      Lion of timm, or any optimizer of this name with "betas" in its groups and "exp_avg" in its state.

      """;
  private static final String OF_SIGN_SGD =
      """
      SignSGD is any optimizer of this name with "momentum" in its groups and "momentum_buffer" in its state, whose step is
      m = γ m + g, p = (1 - ηλ) p - η sign(m).

      """;
  private static final String PLAIN_MOMENTUM = "\"momentum\": step.momentum";

  /**
   * The optimizer of a converted recipe.
   *
   * @param floor Python after a momentum that must not be 0, or nothing
   * @param momentum the recipe's momentum in PyTorch's form
   */
  static TorchOptimizer of(
      Optimizer optimizer, Conversion conversion, String momentum, String floor) {
    if (optimizer instanceof Optimizer.AdamW) {
      return adamW(conversion);
    }
    if (optimizer instanceof Optimizer.Lion) {
      return new TorchOptimizer(
          "timm.optim.Lion",
          "Lion",
          "{\"maximize\": False, \"corrected_weight_decay\": False}",
          "{\"exp_avg\": 1}",
          "\"betas\": (step.momentum, step.beta2)",
          "\"betas\": (momentum(t), beta2(t))",
          "betas=(momentum(0), beta2(0))",
          "betas");
    }
    if (optimizer instanceof Optimizer.SignSgd) {
      return ofMomentum(
          "SignSGD", "SignSGD", "{}", PLAIN_MOMENTUM, "\"momentum\": momentum(t)", "");
    }
    if (optimizer instanceof Optimizer.Muon muon) {
      String nesterov = muon.nesterov() ? "True" : "False";
      return new TorchOptimizer(
          "torch.optim.Muon",
          "Muon",
          "{\"nesterov\": " + nesterov + ", \"algo\": \"muon\", \"use_fallback\": False}",
          MOMENTUM_BUFFER,
          PLAIN_MOMENTUM + ", \"eps\": step.epsilon",
          "\"momentum\": momentum(t), \"eps\": EPSILON",
          "momentum=momentum(0), nesterov=" + nesterov + ", eps=EPSILON",
          "momentum, eps");
    }
    boolean sgdw = conversion == Conversion.FOLLOWING_BUFFERS;
    boolean nesterov = conversion == Conversion.NESTEROV;
    String flag = nesterov ? "True" : "False";
    return ofMomentum(
        sgdw ? "timm.optim.SGDW" : "torch.optim.SGD",
        sgdw ? "SGDW" : "SGD",
        "{\"nesterov\": "
            + flag
            + ", \"dampening\": 0"
            + (sgdw ? ", \"corrected_weight_decay\": False}" : "}"),
        "\"momentum\": step.momentum" + floor,
        "\"momentum\": " + momentum + floor,
        nesterov ? ", nesterov=True" : "");
  }

  private static TorchOptimizer ofMomentum(
      String name,
      String className,
      String required,
      String twinValues,
      String recipeValues,
      String arguments) {
    return new TorchOptimizer(
        name,
        className,
        required,
        MOMENTUM_BUFFER,
        twinValues,
        recipeValues,
        "momentum=momentum(0)" + arguments,
        "momentum");
  }

  private static TorchOptimizer adamW(Conversion conversion) {
    return new TorchOptimizer(
        "torch.optim.AdamW",
        "AdamW",
        "{\"amsgrad\": False, \"maximize\": False}",
        "{\"exp_avg\": 1, \"exp_avg_sq\": 2}",
        "\"betas\": "
            + (conversion == Conversion.SMALLER_BETAS ? "BETAS" : "(step.momentum, step.beta2)")
            + ", \"eps\": step.epsilon",
        "\"betas\": (momentum(t), beta2(t)), \"eps\": EPSILON",
        "betas=(momentum(0), beta2(0)), eps=EPSILON",
        "betas, eps");
  }

  /** The names in braces of pytorch.py, with what replaces them. */
  Map<String, String> replacements(boolean scaled) {
    return Map.of(
        "{optimizer}",
        name,
        "{optimizer_class}",
        className,
        "{required}",
        required,
        "{buffers}",
        scaled ? buffers : "{}",
        "{state}",
        "tuple(" + buffers + ")",
        "{arguments}",
        arguments,
        "{words}",
        words,
        "{rest_group}",
        className.equals("Muon") ? NO_REST : REST,
        "{notes}",
        notes(),
        "{values_of_groups}",
        values());
  }

  private String notes() {
    return switch (className) {
      case "Muon" -> OF_MUON;
      case "Lion" -> OF_LION;
      case "SignSGD" -> OF_SIGN_SGD;
      default -> "";
    };
  }

  private String values() {
    return String.format(
        Locale.ROOT,
        """
        def _twin_values(step, rate):
            return {"lr": rate, "weight_decay": 0.0, %s}


        def _recipe_values(t):
            return {"lr": learning_rate(t), %s}
        """,
        twinValues,
        recipeValues);
  }
}
