package explr.format;

import explr.optimizer.Optimizer;
import java.util.List;

/** The names that frameworks give to optimizers, with the defaults of each. */
final class FrameworkOptimizers {

  private static final String EPSILON_OF_MUON = "eps 1e-7";
  private static final String NO_ROOT = "ε inside the root has no conversion here; give 'eps'";
  private static final String NO_OTHER_ITERATION =
      "write \"Muon\" with 'momentum', 'nesterov' and 'eps': learning_rate, buffer_factor and eps do"
          + " not depend on the coefficients of the iteration";
  private static final String NO_KERAS_SGD =
      "Keras' SGD decouples its argument weight_decay and keeps the rate inside its buffer, which"
          + " together have no conversion here; for a decay by regularizers.L2(l2), write"
          + " \"optimizer\": \"SGD\", \"rate_inside_buffer\": true and a weight_decay of 2 l2";
  private static final String NO_OPTAX_MUON =
      "optax corrects the bias of Muon's buffer; write \"Muon\" with 'momentum', 'nesterov' and"
          + " 'eps': learning_rate, buffer_factor and eps are valid for it too";

  static final List<OptimizerFormat> ALL =
      List.of(
          new OptimizerFormat(
              "torch.optim.SGD", "momentum, (nesterov)", "`SGD`", OptimizerFormats::sgd),
          new OptimizerFormat(
              "torch.optim.AdamW",
              "(betas, eps)",
              "`AdamW`; betas [0.9, 0.999], eps 1e-8",
              fields -> torchAdam(OptimizerFormats.plainAdam(fields))),
          new OptimizerFormat(
              "torch.optim.Adam",
              "(betas, eps, decoupled_weight_decay)",
              "`Adam`; betas [0.9, 0.999], eps 1e-8",
              fields -> torchAdam(OptimizerFormats.decoupledAdam(fields))),
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
              "`SGD` with nesterov true, as timm's create_optimizer builds it",
              FrameworkOptimizers::timmSgd),
          new OptimizerFormat("timm.momentum", "momentum", "`SGD`", OptimizerFormats::sgd),
          new OptimizerFormat(
              "timm.sgdw",
              "momentum, nesterov",
              "`SGDW`, with nesterov false, which is not timm's default",
              fields -> {
                fields.flag("nesterov");
                return OptimizerFormats.sgdw(notCorrected(fields));
              }),
          new OptimizerFormat(
              "timm.adamw",
              "(betas, eps)",
              "`AdamW`; betas [0.9, 0.999], eps 1e-8",
              fields -> torchAdam(OptimizerFormats.plainAdam(fields))),
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
                  + " write `AdamW`: learning_rate, buffer_factor and eps are valid for Keras"
                  + " too, smaller β are not",
              FrameworkOptimizers::kerasAdamW),
          new OptimizerFormat(
              "keras.optimizers.SGD",
              "",
              "refused: its argument weight_decay is decoupled; for a decay by regularizers.L2(l2),"
                  + " write `SGD` with rate_inside_buffer true and a weight_decay of 2 l2",
              fields -> {
                throw new LocatedException(OptimizerFormats.KEY, NO_KERAS_SGD);
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
                  adamW(
                      OptimizerFormats.plainAdam(fields.only("eps_root", "0", NO_ROOT)),
                      "b1",
                      "b2",
                      "eps")),
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
                  + " buffer_factor and eps are valid for it too",
              fields -> {
                throw new LocatedException(OptimizerFormats.KEY, NO_OPTAX_MUON);
              }),
          new OptimizerFormat("transformers.sgd", "momentum", "`SGD`", OptimizerFormats::sgd),
          new OptimizerFormat(
              "transformers.adamw_torch",
              "(adam_beta1, adam_beta2, adam_epsilon)",
              "`AdamW`; adam_beta1 0.9, adam_beta2 0.999, adam_epsilon 1e-8; adamw_torch_fused"
                  + " likewise",
              FrameworkOptimizers::transformers),
          new OptimizerFormat(
              "transformers.adamw_torch_fused",
              "(adam_beta1, adam_beta2, adam_epsilon)",
              "the same",
              FrameworkOptimizers::transformers));

  private FrameworkOptimizers() {}

  private static Optimizer timmSgd(OptimizerFields fields) {
    fields.readMomentum();
    fields.only("nesterov", "true", "without it the name is timm.momentum");
    return new Optimizer.Nesterov();
  }

  private static OptimizerFields notCorrected(OptimizerFields fields) {
    return fields.only(
        "corrected_weight_decay",
        "false",
        "otherwise timm multiplies weight_decay by the square of the rate over its maximum;"
            + " give that product, divided by the rate, as a schedule");
  }

  /** AdamW with the defaults that PyTorch, optax and transformers share. */
  private static Optimizer adamW(
      OptimizerFields fields, String beta1, String beta2, String epsilon) {
    return new Optimizer.AdamW(
        fields.readBetas(beta1, beta2, 0.9, 0.999), fields.number(epsilon, 1e-8));
  }

  private static Optimizer torchAdam(OptimizerFields fields) {
    return adamW(fields, "beta1", "beta2", "eps");
  }

  private static Optimizer transformers(OptimizerFields fields) {
    return adamW(fields, "adam_beta1", "adam_beta2", "adam_epsilon");
  }

  private static Optimizer kerasAdamW(OptimizerFields fields) {
    OptimizerFormats.plainAdam(fields);
    if (fields.number("epsilon", 1e-7) != 0) {
      throw new LocatedException(
          OptimizerFormats.KEY,
          "Keras' AdamW adds epsilon before v is corrected for its bias; write \"AdamW\" with 'betas'"
              + " and 'eps': learning_rate, buffer_factor and eps are valid for Keras too, but"
              + " the smaller β are not");
    }
    return new Optimizer.AdamW(fields.readBetas("beta_1", "beta_2", 0.9, 0.999), 0);
  }

  private static Optimizer muon(OptimizerFields fields, boolean nesterov) {
    fields.only("ns_steps", "5", NO_OTHER_ITERATION);
    fields.readMomentum("momentum", 0.95);
    return new Optimizer.Muon(fields.flag("nesterov", nesterov), fields.number("eps", 1e-7));
  }
}
