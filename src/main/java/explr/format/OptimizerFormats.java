package explr.format;

import explr.optimizer.Optimizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of optimizers that a recipe may give, ours and those of frameworks. */
final class OptimizerFormats {

  /** The key of the name. */
  static final String KEY = "optimizer";

  private static final String EPSILON_OF_MUON = "eps 1e-7";
  private static final String NO_NADAM =
      "Adam with Nesterov's momentum has no conversion here; \"AdamW\" without it comes closest";
  private static final String NO_AMSGRAD =
      "AMSGrad has no conversion here; \"AdamW\" without it comes closest";
  private static final String NO_ROOT = "ε inside the root has no conversion here; give 'eps'";
  private static final String NO_OTHER_ITERATION =
      "write \"Muon\" with 'momentum', 'nesterov' and 'eps': learning_rate, buffer_factor and eps do"
          + " not depend on the coefficients of the iteration";
  private static final String NO_ADAM =
      "Adam adds its weight decay to the gradient, and the squares of the gradient then hold products"
          + " of gradient and weights, which no rate replaces; \"AdamW\", whose decay is decoupled,"
          + " comes closest";

  private static final String NO_KERAS_SGD =
      "Keras' SGD decouples its argument weight_decay and keeps the rate inside its buffer, which"
          + " together have no conversion here; for a decay by regularizers.L2(l2), write"
          + " \"optimizer\": \"SGD\", \"rate_inside_buffer\": true and a weight_decay of 2 l2";
  private static final String NO_OPTAX_MUON =
      "optax corrects the bias of Muon's buffer; write \"Muon\" with 'momentum', 'nesterov' and"
          + " 'eps': learning_rate, buffer_factor and eps are right for it, too";

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
              fields -> new Optimizer.AdamW(adamW(fields).readBetas(), fields.number("eps"))),
          new OptimizerFormat(
              "Adam",
              "betas, eps, (decoupled_weight_decay)",
              "the same where weight_decay is 0 or decoupled_weight_decay true; otherwise it is"
                  + " refused",
              fields -> new Optimizer.AdamW(adam(fields).readBetas(), fields.number("eps"))),
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

  static final List<OptimizerFormat> FRAMEWORKS =
      List.of(
          new OptimizerFormat(
              "torch.optim.SGD", "momentum, (nesterov)", "`SGD`", OptimizerFormats::sgd),
          new OptimizerFormat(
              "torch.optim.AdamW",
              "(betas, eps)",
              "`AdamW`; betas [0.9, 0.999], eps 1e-8",
              fields -> torchAdam(adamW(fields))),
          new OptimizerFormat(
              "torch.optim.Adam",
              "(betas, eps, decoupled_weight_decay)",
              "`Adam`; betas [0.9, 0.999], eps 1e-8",
              fields -> torchAdam(adam(fields))),
          new OptimizerFormat(
              "torch.optim.Muon",
              "(momentum, nesterov, eps, adjust_lr_fn)",
              "`Muon`; momentum 0.95, nesterov true, " + EPSILON_OF_MUON,
              fields ->
                  muon(
                      fields
                          .anyOf("adjust_lr_fn")
                          .only("ns_coefficients", "[3.4445, -4.775, 2.0315]", NO_OTHER_ITERATION),
                      true)),
          new OptimizerFormat(
              "timm.sgd",
              "momentum",
              "`SGD` with nesterov true, as timm's create_optimizer makes it",
              fields -> nesterov(fields, "timm.momentum")),
          new OptimizerFormat("timm.momentum", "momentum", "`SGD`", OptimizerFormats::sgd),
          new OptimizerFormat(
              "timm.sgdw",
              "momentum, nesterov",
              "`SGDW`, with nesterov false, which is not timm's default",
              fields -> {
                fields.flag("nesterov");
                return sgdw(notCorrected(fields));
              }),
          new OptimizerFormat(
              "timm.adamw",
              "(betas, eps)",
              "`AdamW`; betas [0.9, 0.999], eps 1e-8",
              fields -> torchAdam(adamW(fields))),
          new OptimizerFormat(
              "timm.lion",
              "(betas)",
              "`Lion`; betas [0.9, 0.99]",
              fields ->
                  new Optimizer.Lion(notCorrected(fields).readBetas("beta1", "beta2", 0.9, 0.99))),
          new OptimizerFormat(
              "timm.muon",
              "ns_coefficients, (momentum, nesterov, eps, adjust_lr_fn)",
              "`Muon`, with ns_coefficients \"original\", which is not timm's default; momentum 0.95,"
                  + " nesterov false, "
                  + EPSILON_OF_MUON,
              fields -> {
                fields.fields().element("ns_coefficients");
                fields.only("ns_coefficients", "\"original\"", NO_OTHER_ITERATION);
                return muon(fields.anyOf("adjust_lr_fn"), false);
              }),
          new OptimizerFormat(
              "keras.optimizers.AdamW",
              "(beta_1, beta_2), epsilon",
              "`AdamW` with epsilon 0; beta_1 0.9, beta_2 0.999. Keras adds ε before v is corrected;"
                  + " write `AdamW`: learning_rate, buffer_factor and eps are right for Keras"
                  + " too, smaller β are not",
              OptimizerFormats::kerasAdamW),
          new OptimizerFormat(
              "keras.optimizers.SGD",
              "",
              "refused: its argument weight_decay is decoupled; for a decay by regularizers.L2(l2),"
                  + " write `SGD` with rate_inside_buffer true and a weight_decay of 2 l2",
              fields -> {
                throw new LocatedException(KEY, NO_KERAS_SGD);
              }),
          new OptimizerFormat(
              "keras.optimizers.Lion",
              "(beta_1, beta_2)",
              "`Lion`; beta_1 0.9, beta_2 0.99",
              fields -> new Optimizer.Lion(fields.readBetas("beta_1", "beta_2", 0.9, 0.99))),
          new OptimizerFormat(
              "keras.optimizers.Muon",
              "(momentum, nesterov, rms_rate)",
              "`Muon`; momentum 0.95, nesterov true, " + EPSILON_OF_MUON,
              fields -> muon(fields.anyOf("rms_rate"), true)),
          new OptimizerFormat(
              "optax.sgd",
              "momentum, (nesterov)",
              "`SGD`, after add_decayed_weights",
              OptimizerFormats::sgd),
          new OptimizerFormat(
              "optax.adamw",
              "(b1, b2, eps)",
              "`AdamW`; b1 0.9, b2 0.999, eps 1e-8",
              fields ->
                  new Optimizer.AdamW(
                      adamW(fields.only("eps_root", "0", NO_ROOT))
                          .readBetas("b1", "b2", 0.9, 0.999),
                      fields.number("eps", 1e-8))),
          new OptimizerFormat(
              "optax.lion",
              "(b1, b2)",
              "`Lion`; b1 0.9, b2 0.99",
              fields -> new Optimizer.Lion(fields.readBetas("b1", "b2", 0.9, 0.99))),
          new OptimizerFormat(
              "optax.signum",
              "(beta)",
              "`SignSGD`; beta 0.9; the decay by add_decayed_weights after the sign",
              fields -> {
                fields.readMomentum("beta", 0.9);
                return new Optimizer.SignSgd();
              }),
          new OptimizerFormat(
              "optax.contrib.muon",
              "",
              "refused: it corrects the bias of its buffer; write `Muon`: learning_rate,"
                  + " buffer_factor and eps are right for it, too",
              fields -> {
                throw new LocatedException(KEY, NO_OPTAX_MUON);
              }),
          new OptimizerFormat("transformers.sgd", "momentum", "`SGD`", OptimizerFormats::sgd),
          new OptimizerFormat(
              "transformers.adamw_torch",
              "(adam_beta1, adam_beta2, adam_epsilon)",
              "`AdamW`; adam_beta1 0.9, adam_beta2 0.999, adam_epsilon 1e-8; adamw_torch_fused"
                  + " likewise",
              OptimizerFormats::transformers),
          new OptimizerFormat(
              "transformers.adamw_torch_fused",
              "(adam_beta1, adam_beta2, adam_epsilon)",
              "the same",
              OptimizerFormats::transformers));

  private OptimizerFormats() {}

  /**
   * The optimizer of a recipe.
   *
   * @throws LocatedException where it is unknown or has no conversion, with what comes closest
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
    return Stream.concat(OWN.stream(), FRAMEWORKS.stream())
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
                        "there is no optimizer %s; there are %s, and names of frameworks as"
                            + " torch.optim.AdamW",
                        quoted,
                        OWN.stream()
                            .map(OptimizerFormat::name)
                            .collect(Collectors.joining(", ")))));
  }

  /** Without the case and the name of a module: torch.optim.AdamW is torch.AdamW. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("\\.(optim|optimizers|contrib)\\.", ".");
  }

  /** Without the framework. */
  private static String bare(String name) {
    return plain(name).replaceAll("^.*\\.", "").replaceAll("[^a-z0-9]", "");
  }

  /** Accepts keys of SGD where they say what an optimizer does anyway. */
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

  private static Optimizer sgd(OptimizerFields fields) {
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

  private static Optimizer nesterov(OptimizerFields fields, String other) {
    fields.readMomentum();
    fields.only("nesterov", "true", "without it the name is " + other);
    return new Optimizer.Nesterov();
  }

  private static Optimizer sgdw(OptimizerFields fields) {
    fields.readMomentum();
    fields.only(
        "nesterov", "false", "decoupled decay with Nesterov momentum has no conversion here");
    return new Optimizer.DecoupledMomentum();
  }

  private static OptimizerFields notCorrected(OptimizerFields fields) {
    return fields.only(
        "corrected_weight_decay",
        "false",
        "otherwise weight_decay is multiplied by the square of the rate over its maximum; give that"
            + " product over the rate as a schedule");
  }

  private static OptimizerFields adamW(OptimizerFields fields) {
    return fields.only("nesterov", "false", NO_NADAM).only("amsgrad", "false", NO_AMSGRAD);
  }

  private static OptimizerFields adam(OptimizerFields fields) {
    adamW(fields);
    boolean decoupled = fields.flag("decoupled_weight_decay", fields.flag("decoupled", false));
    boolean none =
        Fields.isNumber(fields.fields().element("weight_decay"))
            && fields.fields().number("weight_decay") == 0;
    if (!decoupled && !none) {
      throw new LocatedException(KEY, NO_ADAM);
    }
    return fields;
  }

  private static Optimizer torchAdam(OptimizerFields fields) {
    return new Optimizer.AdamW(
        fields.readBetas("beta1", "beta2", 0.9, 0.999), fields.number("eps", 1e-8));
  }

  private static Optimizer transformers(OptimizerFields fields) {
    return new Optimizer.AdamW(
        fields.readBetas("adam_beta1", "adam_beta2", 0.9, 0.999),
        fields.number("adam_epsilon", 1e-8));
  }

  private static Optimizer kerasAdamW(OptimizerFields fields) {
    adamW(fields);
    if (fields.number("epsilon", 1e-7) != 0) {
      throw new LocatedException(
          KEY,
          "Keras' AdamW adds epsilon before v is corrected for its bias; write \"AdamW\" with 'betas'"
              + " and 'eps': learning_rate, buffer_factor and eps are right for Keras, too, but"
              + " not the smaller β");
    }
    return new Optimizer.AdamW(fields.readBetas("beta_1", "beta_2", 0.9, 0.999), 0);
  }

  private static Optimizer muon(OptimizerFields fields, boolean nesterov) {
    fields.only("ns_steps", "5", NO_OTHER_ITERATION);
    fields.readMomentum("momentum", 0.95);
    return new Optimizer.Muon(fields.flag("nesterov", nesterov), fields.number("eps", 1e-7));
  }
}
