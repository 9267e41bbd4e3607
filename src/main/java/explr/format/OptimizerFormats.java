package explr.format;

import explr.optimizer.Optimizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of optimizers that a recipe may give: ours, and those of {@link FrameworkOptimizers}.
 */
final class OptimizerFormats {

  /** The key of the name. */
  static final String KEY = "optimizer";

  private static final String NO_NADAM =
      "Adam with Nesterov's momentum has no conversion here; \"AdamW\" without it comes closest";
  private static final String NO_AMSGRAD =
      "AMSGrad has no conversion here; \"AdamW\" without it comes closest";
  private static final String NO_ADAM =
      "Adam adds its weight decay to the gradient, and the squares of the gradient then hold products"
          + " of gradient and weights, which no rate replaces; \"AdamW\", whose decay is decoupled,"
          + " comes closest";

  static final List<OptimizerFormat> OWN =
      List.of(
          new OptimizerFormat(
              "SGD",
              "momentum, (nesterov, decoupled, rate_inside_buffer)",
              "momentum SGD; the default",
              OptimizerFormats::sgd),
          new OptimizerFormat(
              "SGDW", "momentum", "SGD with `decoupled` true", OptimizerFormats::sgdw),
          new OptimizerFormat(
              "AdamW",
              "betas, eps",
              "Adam with decoupled weight decay; ε is added to the root of the corrected v",
              fields -> new Optimizer.AdamW(plainAdam(fields).readBetas(), fields.number("eps"))),
          new OptimizerFormat(
              "Adam",
              "betas, eps, (decoupled_weight_decay)",
              "`AdamW`, if weight_decay is 0 or decoupled_weight_decay is true; otherwise"
                  + " refused",
              fields ->
                  new Optimizer.AdamW(decoupledAdam(fields).readBetas(), fields.number("eps"))),
          new OptimizerFormat(
              "Lion", "betas", "Lion", fields -> new Optimizer.Lion(fields.readBetas())),
          new OptimizerFormat(
              "SignSGD",
              "momentum",
              "the sign of the momentum buffer: signSGD at momentum 0, otherwise Signum",
              fields -> {
                fields.readMomentum();
                return new Optimizer.SignSgd();
              }),
          new OptimizerFormat(
              "Muon",
              "momentum, nesterov, eps",
              "orthogonalised momentum, for matrices",
              fields -> {
                fields.readMomentum();
                return new Optimizer.Muon(fields.flag("nesterov"), fields.number("eps"));
              }));

  private OptimizerFormats() {}

  /**
   * The optimizer of a recipe.
   *
   * @throws LocatedException if it is unknown or has no conversion; the message names the closest
   *     alternative
   */
  static Optimizer read(OptimizerFields fields) {
    String name = fields.fields().has(KEY) ? fields.fields().text(KEY) : "SGD";
    OptimizerFormat format = named(name).orElseThrow(() -> unknown(name));
    Optimizer optimizer = format.reading().read(fields);
    if (!(optimizer instanceof Optimizer.Momentum || optimizer instanceof Optimizer.Nesterov)) {
      checkFlags(fields, name, optimizer);
    }
    return optimizer;
  }

  private static Optional<OptimizerFormat> named(String name) {
    if (plain(name).equals("momentum")) {
      return Optional.of(OWN.get(0));
    }
    return Stream.concat(OWN.stream(), FrameworkOptimizers.ALL.stream())
        .filter(format -> plain(format.name()).equals(plain(name)))
        .findFirst();
  }

  private static LocatedException unknown(String name) {
    String quoted = Fields.quoted(name);
    return new LocatedException(
        KEY,
        RefusedOptimizers.reason(bare(name))
            .map(reason -> String.format(Locale.ROOT, "%s has no conversion: %s", quoted, reason))
            .orElseGet(
                () ->
                    String.format(
                        Locale.ROOT,
                        "there is no optimizer %s; there are %s, and the names of frameworks,"
                            + " such as torch.optim.AdamW",
                        quoted,
                        OWN.stream()
                            .map(OptimizerFormat::name)
                            .collect(Collectors.joining(", ")))));
  }

  /** In lower case and without a module's name: torch.optim.AdamW becomes torch.adamw. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("\\.(optim|optimizers|contrib)\\.", ".");
  }

  /** Without the framework. */
  private static String bare(String name) {
    return plain(name).replaceAll("^.*\\.", "").replaceAll("[^a-z0-9]", "");
  }

  /** Accepts keys of SGD if they state what the optimizer does anyway. */
  private static void checkFlags(OptimizerFields fields, String name, Optimizer optimizer) {
    for (String key : List.of("nesterov", "decoupled", "rate_inside_buffer")) {
      boolean does =
          switch (key) {
            case "nesterov" -> optimizer instanceof Optimizer.Muon muon && muon.nesterov();
            case "decoupled" -> optimizer.decoupled();
            default -> optimizer instanceof Optimizer.RateInsideBuffer;
          };
      if (fields.fields().has(key) && fields.flag(key) != does) {
        throw FrameworkFormat.refused(
            fields.fields(),
            key,
            String.format(Locale.ROOT, "%s has no such variant here; remove the key", name));
      }
    }
  }

  static Optimizer sgd(OptimizerFields fields) {
    fields.readMomentum();
    boolean nesterov = fields.flag("nesterov", false);
    boolean decoupled = fields.flag("decoupled", false);
    boolean inside = fields.flag("rate_inside_buffer", false);
    if (nesterov && decoupled) {
      throw new LocatedException(
          "nesterov",
          "decoupled decay with Nesterov momentum has no conversion here; set one to false");
    }
    if (inside && (decoupled || nesterov)) {
      throw new LocatedException(
          "rate_inside_buffer",
          String.format(
              Locale.ROOT,
              "%s with the rate inside the buffer has no conversion here; set one to false",
              decoupled ? "decoupled decay" : "Nesterov momentum"));
    }
    return nesterov
        ? new Optimizer.Nesterov()
        : decoupled
            ? new Optimizer.DecoupledMomentum()
            : inside ? new Optimizer.RateInsideBuffer() : new Optimizer.Momentum();
  }

  static Optimizer sgdw(OptimizerFields fields) {
    fields.readMomentum();
    fields.only(
        "nesterov", "false", "decoupled decay with Nesterov momentum has no conversion here");
    return new Optimizer.DecoupledMomentum();
  }

  /** Refuses the variants of Adam that have no conversion. */
  static OptimizerFields plainAdam(OptimizerFields fields) {
    return fields.only("nesterov", "false", NO_NADAM).only("amsgrad", "false", NO_AMSGRAD);
  }

  /** Refuses also a decay that is part of the gradient. */
  static OptimizerFields decoupledAdam(OptimizerFields fields) {
    plainAdam(fields);
    boolean decoupled = fields.flag("decoupled_weight_decay", fields.flag("decoupled", false));
    boolean none =
        Fields.isNumber(fields.fields().element("weight_decay"))
            && fields.fields().number("weight_decay") == 0;
    if (!decoupled && !none) {
      throw new LocatedException(KEY, NO_ADAM);
    }
    return fields;
  }
}
