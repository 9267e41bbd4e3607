package explr.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The schedules of a recipe file and their keys as texts for people, made from {@link
 * ScheduleFormats}.
 */
public final class FormatReference {

  /** The reference, seen from the folder of the README. */
  static final String PAGE = "src/main/java/explr/format/README.md";

  private FormatReference() {}

  /** The schedules and the modifiers with their keys, for a terminal of 80 columns. */
  public static List<String> help() {
    List<String> lines = new ArrayList<>();
    lines.add("Schedules and their keys; those in parentheses may be omitted:");
    ScheduleFormats.PLAIN.forEach(format -> lines.add(helpLine(format)));
    lines.add("Further keys of any schedule, applied in this order:");
    ScheduleFormats.MODIFIERS.forEach(format -> lines.add(helpLine(format)));
    lines.add("Or a framework's scheduler with its arguments, such as torch.OneCycleLR,");
    lines.add("timm.CosineLRScheduler, keras.CosineDecay, transformers.linear,");
    lines.add("optax.cosine_decay_schedule, mmengine.param_scheduler; the README lists them.");
    lines.add("Optimizers and their keys; SGD if none is named:");
    OptimizerFormats.OWN.forEach(format -> lines.add(helpLine(format.name(), format.keys())));
    lines.add(
        "Or a framework's name, such as torch.optim.AdamW, timm.lion, keras.optimizers.Lion,");
    lines.add("optax.adamw, transformers.adamw_torch; the README lists them.");
    return List.copyOf(lines);
  }

  private static String helpLine(ScheduleFormat<?> format) {
    return helpLine(format.name(), format.synopsis());
  }

  private static String helpLine(String name, String keys) {
    int longest = ScheduleFormats.all().mapToInt(each -> each.name().length()).max().orElseThrow();
    return "  " + name + " ".repeat(longest + 1 - name.length()) + keys;
  }

  /** Names as a sentence lists them: a, b and c. */
  static String names(List<? extends ScheduleFormat<?>> formats) {
    return listed(formats.stream().map(ScheduleFormat::name).toList());
  }

  /** What a name may be instead of one that is unknown. */
  static String instead(String name) {
    int dot = name.indexOf('.');
    String framework = dot < 0 ? "" : name.substring(0, dot + 1);
    List<String> kin =
        ScheduleFormats.FRAMEWORKS.stream()
            .map(FrameworkFormat::name)
            .filter(
                known ->
                    dot < 0
                        ? known.endsWith("." + name) && !name.isEmpty()
                        : known.startsWith(framework))
            .toList();
    if (dot >= 0 && !kin.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "this framework's schedulers are %s; for another one, log its rates and read them as a table",
          listed(kin));
    }
    return (kin.isEmpty()
            ? ""
            : String.format(Locale.ROOT, "write %s; or ", String.join(" or ", kin)))
        + "there are "
        + names(ScheduleFormats.PLAIN);
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    if (last == 0) {
      return names.get(0);
    }
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** The sentence of the README. */
  static String readme() {
    return String.format(
        Locale.ROOT,
        "Schedules: %s. Each may be modified by %s.\n",
        code(ScheduleFormats.PLAIN),
        code(ScheduleFormats.MODIFIERS));
  }

  private static String code(List<? extends ScheduleFormat<?>> formats) {
    return listed(formats.stream().map(format -> "`" + format.name() + "`").toList());
  }

  /** The generated part of the reference. */
  static String markdown() {
    StringBuilder text = new StringBuilder("## Schedules\n");
    ScheduleFormats.PLAIN.forEach(format -> text.append(section(format)));
    text.append("\n## Modifiers\n\nThey are applied in this order.\n");
    ScheduleFormats.MODIFIERS.forEach(format -> text.append(section(format)));
    text.append(frameworks());
    text.append(optimizers());
    text.append("\n## one_cycle\n\nRate and momentum in opposite cycles.\n");
    return text.append(table(OneCycleFormat.keys())).toString();
  }

  private static String optimizers() {
    return String.format(
        Locale.ROOT,
        "\n## Optimizers\n\n| `optimizer` | keys | meaning |\n|---|---|---|\n%s\nNames of frameworks:\n\n| `optimizer` | keys | equivalent |\n|---|---|---|\n%s",
        rows(OptimizerFormats.OWN),
        rows(FrameworkOptimizers.ALL));
  }

  private static String rows(List<OptimizerFormat> formats) {
    return formats.stream()
        .map(
            format ->
                String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s |\n",
                    format.name(),
                    format.keys(),
                    format.meaning()))
        .collect(Collectors.joining());
  }

  private static String frameworks() {
    String table =
        ScheduleFormats.FRAMEWORKS.stream()
            .map(
                format ->
                    String.format(
                        Locale.ROOT,
                        "| `%s` | %s | %s |\n",
                        format.name(),
                        format.arguments(),
                        format.ours()))
            .collect(Collectors.joining());
    String examples =
        ScheduleFormats.FRAMEWORKS.stream()
            .map(FrameworkFormat::example)
            .collect(Collectors.joining("\n"));
    return String.format(
        Locale.ROOT,
        "\n## Schedulers of the frameworks\n\n| `schedule` | arguments | equivalent |\n|---|---|---|\n%s\n```json\n%s\n```\n",
        table,
        examples);
  }

  private static String section(ScheduleFormat<?> format) {
    return String.format(
        Locale.ROOT,
        "\n### %s\n\n%s.\n%s\n```json\n%s\n```\n",
        format.name(),
        capitalized(format.meaning()),
        table(format.keys()),
        String.join("\n", format.examples()));
  }

  private static String capitalized(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private static String table(List<Key<?>> keys) {
    return keys.stream()
        .map(
            key ->
                String.format(
                    Locale.ROOT,
                    "| `%s` | %s | %s | %s |\n",
                    key.name(),
                    key.kind().text(),
                    key.meaning(),
                    key.fallback()))
        .collect(
            Collectors.joining(
                "", "\n| key | type | meaning | default |\n|---|---|---|---|\n", ""));
  }
}
