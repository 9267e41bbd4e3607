package explr.format;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Keys of training scripts that a recipe does not have: accepted if their value changes nothing,
 * otherwise refused with a message that says what to do instead.
 */
final class ForeignKeys {

  /**
   * Keys with the same meaning.
   *
   * @param keys their names in training scripts
   * @param harmless accepts the values that change nothing
   * @param advice what to do about any other value
   */
  private record Kind(Set<String> keys, Predicate<JsonElement> harmless, String advice) {}

  private static final Predicate<JsonElement> NONE = value -> false;
  private static final Predicate<JsonElement> UNSET =
      value -> value.isJsonNull() || is(value, 0) || isFlag(value, false);

  private static final List<Kind> KINDS =
      List.of(
          new Kind(Set.of("optimizer_type", "opt"), ForeignKeys::isSgd, "the key is 'optimizer'"),
          new Kind(
              Set.of("betas", "beta1", "beta2", "eps", "epsilon", "amsgrad", "adam_epsilon"),
              UNSET,
              "this optimizer does not have this key; name one that has it, such as"
                  + " \"optimizer\": \"AdamW\", with its keys from the reference"),
          new Kind(
              Set.of("dampening"),
              value -> is(value, 0),
              "the formulas are for dampening 0: otherwise PyTorch damps every step but the first,"
                  + " and no single rate replaces that; train with dampening 0"),
          new Kind(
              Set.of("param_groups", "parameter_groups", "paramwise_cfg", "no_decay"),
              NONE,
              "a recipe describes one group of parameters; write one for each group that has weight"
                  + " decay, and leave the others at their own rate"),
          new Kind(
              Set.of(
                  "accumulation",
                  "accumulation_steps",
                  "accumulate_grad_batches",
                  "gradient_accumulation",
                  "gradient_accumulation_steps",
                  "accumulative_counts",
                  "iters_to_accumulate"),
              value -> is(value, 1) || UNSET.test(value),
              "an iteration is a step of the optimizer: divide the numbers of batches in"
                  + " 'iterations', 'iterations_per_epoch' and the schedules by it, and remove the key"),
          new Kind(
              Set.of(
                  "clipping",
                  "clip_grad",
                  "clip_grad_norm",
                  "clip_norm",
                  "clipnorm",
                  "clipvalue",
                  "global_clipnorm",
                  "grad_clip",
                  "grad_norm_clip",
                  "gradient_clip_val",
                  "gradient_clipping",
                  "max_grad_norm"),
              UNSET,
              "gradients shrink as the weights grow, so a fixed limit would clip less and less;"
                  + " remove the key and clip with TwinSchedule.clip_grad_norm_ of the exported Python, or, if only"
                  + " converted weights are clipped, multiply the limit by e^(−ln_scale) at each"
                  + " iteration"),
          new Kind(
              Set.of("maximize", "use_nesterov", "amp"),
              UNSET,
              "only false is known here; for Nesterov momentum the key is 'nesterov'"),
          new Kind(
              Set.of("foreach", "fused", "capturable", "differentiable"),
              value -> value.isJsonNull() || isFlag(value, true) || isFlag(value, false),
              "must be true, false or null"),
          new Kind(Set.of("lr", "base_lr", "max_lr", "eta"), NONE, "the key is 'learning_rate'"),
          new Kind(Set.of("wd", "l2", "weight-decay"), NONE, "the key is 'weight_decay'"),
          new Kind(
              Set.of("num_epochs", "max_epochs", "num_train_epochs"), NONE, "the key is 'epochs'"),
          new Kind(
              Set.of("max_steps", "total_steps", "max_iters", "num_iterations"),
              NONE,
              "the key is 'iterations'"),
          new Kind(
              Set.of("batch_size", "num_workers", "seed"),
              NONE,
              "a recipe does not have this key; its length is 'iterations', or 'epochs' and"
                  + " 'iterations_per_epoch'; remove the key"),
          new Kind(
              Set.of("scheduler", "lr_scheduler", "lr_policy", "param_scheduler"),
              NONE,
              "the schedule is the value of 'learning_rate'"),
          new Kind(
              Set.of("warmup", "warmup_steps", "warmup_epochs", "warmup_iters", "warmup_ratio"),
              NONE,
              "a warm-up is the key 'warmed_up' of the schedule, or a first phase of 'phases'"));

  private static final Map<String, Kind> BY_KEY =
      KINDS.stream()
          .flatMap(kind -> kind.keys().stream().map(key -> Map.entry(key, kind)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private ForeignKeys() {}

  /** Refuses the foreign keys of an object whose values change the training. */
  static void check(Fields fields) {
    for (String key : fields.others()) {
      Optional.ofNullable(BY_KEY.get(key))
          .filter(kind -> !kind.harmless().test(fields.element(key)))
          .ifPresent(
              kind -> {
                throw new LocatedException(
                    fields.path(key),
                    String.format(
                        Locale.ROOT,
                        "%s: %s",
                        Fields.shortened(fields.element(key)),
                        kind.advice()));
              });
    }
  }

  private static boolean isSgd(JsonElement value) {
    return Fields.isText(value)
        && Set.of("sgd", "torch.optim.sgd", "momentum")
            .contains(value.getAsString().toLowerCase(Locale.ROOT));
  }

  private static boolean is(JsonElement value, double number) {
    return Fields.isNumber(value) && value.getAsDouble() == number;
  }

  private static boolean isFlag(JsonElement value, boolean flag) {
    return value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isBoolean()
        && value.getAsBoolean() == flag;
  }
}
