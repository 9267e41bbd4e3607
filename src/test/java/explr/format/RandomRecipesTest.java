package explr.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.conversion.Conversion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * 5,000 random recipe files of all schedules and modifiers, and 2,000 that name an optimizer,
 * against decimal arithmetic of 60 digits; {@code random_recipes.py} makes them.
 */
class RandomRecipesTest {

  private static final double RELATIVE = 1e-12;

  /** What rounding each rate, decay and momentum to a few ulp may do to ln P. */
  private static final double ULPS = 8;

  /** Below it, a conversion may refuse for lack of digits. */
  private static final double ALPHA_NEAR_ZERO = 1e-9;

  /** The same for Nesterov's momentum. */
  private static final double NESTEROV_NEAR_ZERO = 0.01;

  private final List<String> wrong = new ArrayList<>();
  private final Map<String, Integer> converted = new HashMap<>();
  private int refused;

  private static List<JsonObject> lines() throws IOException {
    try (InputStream in = RandomRecipesTest.class.getResourceAsStream("random-recipes.jsonl.gz");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }
  }

  @Test
  void eachIsConvertedRightlyOrRefused() throws IOException {
    List<JsonObject> lines = lines();
    assertThat(lines).hasSize(7000);
    for (JsonObject line : lines) {
      check(line, RELATIVE);
    }
    assertThat(wrong).isEmpty();
    assertThat(converted).containsKeys("following-buffers", "smaller-betas", "nesterov");
    assertThat(converted.values()).allMatch(count -> count > 200);
    assertThat(refused).isBetween(250, 1000);
  }

  @Test
  void aRateThatIsOffByABillionthIsSeen() throws IOException {
    int seen = 0;
    List<JsonObject> lines = lines().subList(0, 200);
    for (JsonObject line : lines) {
      if (line.has("samples")) {
        for (JsonElement sample : line.getAsJsonArray("samples")) {
          JsonArray values = sample.getAsJsonArray();
          values.set(1, JsonParser.parseString("" + number(values.get(1)) * (1 + 1e-9)));
        }
      }
      int before = wrong.size();
      check(line, RELATIVE);
      seen += wrong.size() > before ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(150);
  }

  @Test
  void aBufferFactorOrAnEpsilonThatIsOffByABillionthIsSeen() throws IOException {
    int seen = 0;
    List<JsonObject> lines = lines().subList(6800, 7000);
    for (JsonObject line : lines) {
      if (line.has("samples")) {
        for (JsonElement sample : line.getAsJsonArray("samples")) {
          JsonArray values = sample.getAsJsonArray();
          values.set(8, JsonParser.parseString("" + number(values.get(8)) * (1 + 1e-9)));
        }
      }
      int before = wrong.size();
      check(line, RELATIVE);
      seen += wrong.size() > before ? 1 : 0;
    }
    assertThat(seen).isGreaterThan(150);
  }

  @Test
  void allSchedulesAndModifiersOccur() throws IOException {
    Set<String> words = new HashSet<>();
    lines().forEach(line -> collect(line.get("recipe"), words));
    assertThat(words)
        .contains("one_cycle", "decoupled", "rate_inside_buffer", "epochs", "values", "logarithms")
        .contains("nesterov", "AdamW", "Lion", "SignSGD", "Muon", "SGDW");
    assertThat(words).containsAll(ScheduleFormats.all().map(ScheduleFormat::name).toList());
  }

  private static void collect(JsonElement element, Set<String> words) {
    if (element.isJsonArray()) {
      element.getAsJsonArray().forEach(each -> collect(each, words));
    } else if (element.isJsonObject()) {
      element
          .getAsJsonObject()
          .entrySet()
          .forEach(
              entry -> {
                words.add(entry.getKey());
                collect(entry.getValue(), words);
              });
    } else if (element.getAsJsonPrimitive().isString()) {
      words.add(element.getAsString());
    }
  }

  private void check(JsonObject line, double relative) {
    Map<Long, double[]> steps = new HashMap<>();
    RecipeFile file;
    String conversion = line.get("conversion").getAsString();
    double nearZero = conversion.equals("nesterov") ? NESTEROV_NEAR_ZERO : ALPHA_NEAR_ZERO;
    try {
      file = RecipeFile.parse(line.get("recipe").toString(), Path.of("."), warning -> {});
      Conversion.named(conversion)
          .forEach(
              file.recipe(),
              file.optimizer(),
              step ->
                  steps.put(
                      step.iteration(),
                      new double[] {
                        step.logScaleAfter(),
                        step.logLearningRate(),
                        step.momentum(),
                        step.beta2(),
                        step.bufferFactor(),
                        step.logEpsilon()
                      }));
    } catch (IllegalArgumentException e) {
      refused++;
      if (!line.has("refused") && line.get("least_alpha").getAsDouble() > nearZero) {
        wrong.add("refused: " + e.getMessage() + ": " + line);
      }
      return;
    }
    if (line.has("refused")) {
      wrong.add("not refused: " + line);
      return;
    }
    converted.merge(conversion, 1, Integer::sum);
    double spread = ULPS * line.get("sensitivity").getAsDouble();
    for (JsonElement each : line.getAsJsonArray("samples")) {
      JsonArray sample = each.getAsJsonArray();
      long t = sample.get(0).getAsLong();
      compare(line, "η", file.recipe().learningRate(t), number(sample.get(1)), relative, 0);
      compare(line, "λ", file.recipe().weightDecay(t), number(sample.get(2)), relative, 0);
      compare(line, "γ", file.recipe().momentum(t), number(sample.get(3)), relative, 0);
      double[] step = steps.get(t);
      compare(line, "ln P", step[0], number(sample.get(4)), relative, spread);
      double rate = number(sample.get(5));
      compare(line, "ln η̃", step[1], rate, relative, relative + 2 * spread);
      for (int i = 6; i < sample.size(); i++) {
        if (!sample.get(i).isJsonNull()) {
          double exact = number(sample.get(i));
          compare(line, "value " + i, step[i - 4], exact, relative + 4 * spread, relative + spread);
        }
      }
    }
  }

  private void compare(
      JsonObject line, String what, double actual, double exact, double relative, double absolute) {
    boolean same = actual == exact;
    if (!same && !(Math.abs(actual - exact) <= relative * Math.abs(exact) + absolute)) {
      wrong.add(what + " is " + actual + ", not " + exact + ": " + line);
    }
  }

  private static double number(JsonElement element) {
    String text = element.getAsString();
    return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
  }
}
