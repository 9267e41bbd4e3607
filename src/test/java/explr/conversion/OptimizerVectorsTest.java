package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.optimizer.Optimizer;
import explr.schedule.Recipe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Random runs against decimal arithmetic of 60 digits; {@code optimizer_vectors.py} makes them. */
class OptimizerVectorsTest {

  private static final double RELATIVE = 1e-12;

  private static List<JsonObject> lines() throws IOException {
    try (InputStream in =
        OptimizerVectorsTest.class.getResourceAsStream("optimizer-vectors.jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .toList();
    }
  }

  private static Recipe recipe(JsonObject line) {
    JsonArray run = line.getAsJsonArray("run");
    return new Recipe(at(run, 0), at(run, 1), at(run, 2), run.size());
  }

  private static explr.schedule.Schedule at(JsonArray run, int column) {
    return t -> run.get((int) t).getAsJsonArray().get(column).getAsDouble();
  }

  @Test
  void followingBuffersAreRightInEveryLine() throws IOException {
    List<JsonObject> lines = lines();
    assertThat(lines).hasSize(400);
    for (JsonObject line : lines) {
      Recipe recipe = recipe(line);
      FollowingBuffers constant = FollowingBuffers.of(recipe, new Optimizer.SignSgd());
      FollowingBuffers shrinking = FollowingBuffers.of(recipe, new Optimizer.DecoupledMomentum());
      for (JsonElement row : line.getAsJsonArray("following")) {
        JsonArray exact = row.getAsJsonArray();
        long t = exact.get(0).getAsLong();
        check(exact.get(1), constant.bufferFactor(t));
        check(exact.get(2), constant.logScale(t + 1));
        check(exact.get(3), constant.logLearningRate(t));
        check(exact.get(4), shrinking.logLearningRate(t));
      }
    }
  }

  @Test
  void nesterovsCoefficientsAreRightInEveryLine() throws IOException {
    int refused = 0;
    for (JsonObject line : lines()) {
      Recipe recipe = recipe(line);
      if (line.get("nesterov").isJsonNull()) {
        assertThatThrownBy(() -> NesterovTwin.of(recipe)).hasMessageContaining("not positive");
        refused++;
        continue;
      }
      NesterovTwin twin = NesterovTwin.of(recipe);
      for (JsonElement row : line.getAsJsonArray("nesterov")) {
        JsonArray exact = row.getAsJsonArray();
        long t = exact.get(0).getAsLong();
        check(exact.get(1), twin.logScale(t + 1));
        check(exact.get(2), twin.logLearningRate(t));
        check(exact.get(3), twin.kept(t));
        check(exact.get(4), twin.taken(t));
        check(exact.get(5), twin.lookAhead(t));
        check(exact.get(6), twin.bufferOffset(t + 1));
        check(exact.get(7), twin.momentum(t));
        check(exact.get(8), twin.bufferFactor(t));
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void smallerBetasAreRightInEveryLine() throws IOException {
    int checked = 0;
    for (JsonObject line : lines()) {
      if (!line.has("betas")) {
        continue;
      }
      Optimizer.AdamW adamW =
          Optimizer.AdamW.of(line.get("beta2").getAsDouble(), line.get("epsilon").getAsDouble());
      SmallerBetas adam = SmallerBetas.of(recipe(line), adamW);
      for (JsonElement row : line.getAsJsonArray("betas")) {
        JsonArray exact = row.getAsJsonArray();
        long t = exact.get(0).getAsLong();
        check(exact.get(1), adam.beta1());
        check(exact.get(2), adam.beta2());
        check(exact.get(3), adam.logLearningRate(t));
        check(exact.get(4), adam.logEpsilon(t));
        check(exact.get(5), adam.logLearningRateWithBiasCorrection(t));
        check(exact.get(6), adam.logEpsilonWithBiasCorrection(t));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(100);
  }

  private static void check(JsonElement exact, double actual) {
    String text = exact.getAsString();
    double value = text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
    if (value != actual) {
      // A logarithm near 0 is a sum of larger ones.
      assertThat(Math.abs(actual - value))
          .as("%s for %s", actual, text)
          .isLessThan(RELATIVE * Math.abs(value) + 1e-14);
    }
  }
}
