package explr.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import explr.schedule.Cosine;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.schedule.StepDecay;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every column and row of the vectors at 60 digits; src/test/resources/schedules/README.md. */
class ReferenceVectorsTest {

  private static final double RELATIVE = 1e-12;
  private static final double ABSOLUTE = 1e-30;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "constant",
        "step",
        "step-wd-per-phase",
        "cosine-per-epoch",
        "cosine-warmup-from-zero",
        "no-momentum"
      })
  void areMetInEveryColumnAndRow(String scenario) throws IOException {
    List<String> lines = lines(scenario);
    Recipe recipe = recipe(JsonParser.parseString(lines.get(0).substring(1)).getAsJsonObject());
    Twin texpPlusPlus = TexpPlusPlus.of(recipe);
    boolean texpExists = !lines.get(2).split(",", -1)[6].isEmpty();
    Twin texp = texpExists ? Texp.of(recipe) : null;
    GrowthRatio ratio = texpExists ? GrowthRatio.of(recipe) : null;

    for (String line : lines.subList(2, lines.size())) {
      String[] exact = line.split(",", -1);
      long t = Long.parseLong(exact[0]);
      check(line, exact[1], recipe.learningRate(t));
      check(line, exact[2], recipe.weightDecay(t));
      check(line, exact[3], texpPlusPlus.oneMinusAlpha(t));
      check(line, exact[4], texpPlusPlus.logScale(t));
      check(line, exact[5], texpPlusPlus.logLearningRate(t));
      if (texpExists) {
        check(line, exact[6], texp.logLearningRate(t));
        check(line, exact[7], texp.correction(t) / texp.learningRate(t));
      }
      if (texpExists && t > 0) {
        check(line, exact[8], ratio.minusOne(t));
        checkLogarithm(line, exact[8], ratio.logDistance(t));
      }
      if (texpExists) {
        check(line, difference(exact[5], exact[6]), ratio.logRateRatio(t));
      }
    }
  }

  private static void check(String line, String exact, double value) {
    if (exact.equals("-inf")) {
      assertThat(value).as(line).isEqualTo(Double.NEGATIVE_INFINITY);
      return;
    }
    BigDecimal expected = new BigDecimal(exact);
    BigDecimal error = new BigDecimal(value).subtract(expected).abs();
    BigDecimal allowed =
        expected
            .abs()
            .multiply(BigDecimal.valueOf(RELATIVE), MathContext.DECIMAL64)
            .max(BigDecimal.valueOf(ABSOLUTE));
    assertThat(error).as("%s: %s is not %s", line, value, exact).isLessThanOrEqualTo(allowed);
  }

  /** The logarithm of a number that may be as small as 1e-2839, to 12 digits. */
  private static void checkLogarithm(String line, String exact, double logarithm) {
    BigDecimal size = new BigDecimal(exact).abs();
    if (size.signum() == 0) {
      assertThat(logarithm).as(line).isEqualTo(Double.NEGATIVE_INFINITY);
      return;
    }
    double expected = Math.log(size.unscaledValue().doubleValue()) - size.scale() * Math.log(10);
    assertThat(logarithm).as(line).isCloseTo(expected, within(RELATIVE * Math.abs(expected)));
  }

  private static String difference(String minuend, String subtrahend) {
    return new BigDecimal(minuend).subtract(new BigDecimal(subtrahend)).toString();
  }

  private static Recipe recipe(JsonObject scenario) {
    long iterations = scenario.get("iterations").getAsLong();
    double lr = scenario.get("lr").getAsDouble();
    Schedule rate =
        switch (scenario.get("kind").getAsString()) {
          case "step" ->
              StepDecay.from(lr)
                  .multipliedBy(scenario.get("factor").getAsDouble())
                  .after(longs(scenario.getAsJsonArray("milestones")));
          case "cosine" -> {
            long per = scenario.get("per").getAsLong();
            yield Cosine.from(lr).over(iterations / per).perEpoch(Epochs.of(per));
          }
          default -> Schedule.constant(lr);
        };
    if (scenario.has("warmup")) {
      rate = rate.warmedUp(0, scenario.get("warmup").getAsLong());
    }
    Schedule decay = Schedule.constant(scenario.get("weight_decay").getAsDouble());
    if (scenario.has("wd_milestones")) {
      JsonArray milestones = scenario.getAsJsonArray("wd_milestones");
      decay =
          StepDecay.from(decay.at(0))
              .multipliedBy(milestones.get(0).getAsJsonArray().get(1).getAsDouble())
              .after(
                  StreamSupport.stream(milestones.spliterator(), false)
                      .mapToLong(m -> m.getAsJsonArray().get(0).getAsLong())
                      .toArray());
    }
    Schedule momentum = Schedule.constant(scenario.get("momentum").getAsDouble());
    return new Recipe(rate, decay, momentum, iterations);
  }

  private static long[] longs(JsonArray array) {
    return StreamSupport.stream(array.spliterator(), false).mapToLong(e -> e.getAsLong()).toArray();
  }

  private static List<String> lines(String scenario) throws IOException {
    try (InputStream in =
        ReferenceVectorsTest.class.getResourceAsStream("/schedules/" + scenario + ".csv")) {
      return Arrays.asList(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n"));
    }
  }
}
