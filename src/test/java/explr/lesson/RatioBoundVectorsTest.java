package explr.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import explr.conversion.CharacteristicRoot;
import explr.figure.Figure;
import explr.lesson.RatioBound.Comparison;
import explr.lesson.RatioBound.Phase;
import explr.schedule.Cosine;
import explr.schedule.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Java's numbers, and figures, for recipes from a seed; {@code src/test/python/test_explorer.py}
 * compares them with those of a page.
 */
class RatioBoundVectorsTest {

  private static final Gson GSON =
      new GsonBuilder().serializeNulls().serializeSpecialFloatingPointValues().create();

  /** Phases from these iterations on with these rates, as the page has them. */
  private record Given(
      String name, long[] starts, double[] rates, double decay, double momentum, long iterations) {

    Recipe recipe() {
      return Recipe.of(this::rate, decay, momentum, iterations);
    }

    private double rate(long iteration) {
      int found = Arrays.binarySearch(starts, iteration);
      return rates[found >= 0 ? found : -found - 2];
    }
  }

  @Test
  void areWrittenForThePage() throws IOException {
    List<Given> recipes = recipes(new Random(61)).toList();
    JsonArray numbers = new JsonArray();
    Random samples = new Random(62);
    recipes.forEach(given -> numbers.add(numbers(given, samples)));
    JsonArray figures = new JsonArray();
    settings(new Random(63)).forEach(values -> figures.add(figure(values)));
    JsonObject all = new JsonObject();
    all.add("recipes", numbers);
    all.add("figures", figures);
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "ratio-bound.json"), GSON.toJson(all));
    assertThat(recipes).hasSizeGreaterThan(100).extracting(Given::name).contains("above critical");
    assertThat(numbers).anyMatch(entry -> !entry.getAsJsonObject().get("comparison").isJsonNull());
  }

  private static Stream<Given> recipes(Random random) {
    double[] rates = {0.1, 0.01, 0.001};
    Given paper = new Given("paper", new long[] {0, 31_280, 46_920}, rates, 5e-4, 0.9, 62_560);
    Given slow = inPhases("near critical, long", 1, 0.99, 1 - 1e-9, 62_560, random);
    return Stream.of(
            Stream.of(paper, slow, cosine(160, 391, random)),
            many(random, r -> inPhases("single phase", 1, momentum(r), part(r), 3000, r)),
            many(random, r -> inPhases("without momentum", 3, 0, part(r), 300, r)),
            many(random, r -> inPhases("near critical", 3, momentum(r), near(r), 3000, r)),
            many(random, r -> inPhases("many phases", 40, momentum(r), part(r), 3000, r)),
            many(random, r -> inPhases("above critical", 2, momentum(r), above(r), 2000, r)),
            many(random, r -> cosine(20, 50, r)))
        .flatMap(kind -> kind);
  }

  private static Stream<Given> many(
      Random random, java.util.function.Function<Random, Given> recipe) {
    return Stream.generate(() -> recipe.apply(random)).limit(20);
  }

  private static double momentum(Random random) {
    return random.nextBoolean() ? 0.9 : 0.01 + 0.98 * random.nextDouble();
  }

  private static double part(Random random) {
    return Math.pow(10, -4 * random.nextDouble());
  }

  private static double near(Random random) {
    return 1 - Math.pow(10, -1 - 7 * random.nextDouble());
  }

  private static double above(Random random) {
    return 1 + Math.pow(10, -5 * random.nextDouble());
  }

  /** Phases of random length and rate; the largest rate has this part of the critical λη. */
  private static Given inPhases(
      String name, int phases, double momentum, double part, long iterations, Random random) {
    double largest = Math.pow(10, -2 * random.nextDouble());
    long[] starts =
        LongStream.concat(LongStream.of(0), random.longs(phases - 1L, 1, iterations).distinct())
            .sorted()
            .toArray();
    double[] rates = new double[starts.length];
    Arrays.setAll(rates, i -> largest * (0.01 + 0.99 * random.nextDouble()));
    rates[random.nextInt(rates.length)] = largest;
    double decay = part * CharacteristicRoot.critical(momentum) / largest;
    return new Given(name, starts, rates, decay, momentum, iterations);
  }

  private static Given cosine(int epochs, long each, Random random) {
    double rate = Math.pow(10, -2 * random.nextDouble());
    double momentum = momentum(random);
    Cosine cosine = Cosine.from(rate).over(epochs);
    return new Given(
        "cosine",
        LongStream.range(0, epochs).map(epoch -> epoch * each).toArray(),
        IntStream.range(0, epochs).mapToDouble(cosine::at).toArray(),
        part(random) * CharacteristicRoot.critical(momentum) / rate,
        momentum,
        epochs * each);
  }

  private static JsonObject numbers(Given given, Random random) {
    RatioBound numbers = RatioBound.of(given.recipe());
    long[] samples =
        LongStream.concat(
                Arrays.stream(given.starts).flatMap(start -> LongStream.range(start, start + 3)),
                random.longs(40, 0, given.iterations))
            .filter(t -> t < numbers.exists())
            .sorted()
            .distinct()
            .toArray();
    JsonObject json = new JsonObject();
    json.addProperty("name", given.name);
    json.add("recipe", recipe(given));
    json.add("samples", GSON.toJsonTree(samples));
    json.addProperty("exists", numbers.exists());
    JsonArray phases = new JsonArray();
    numbers.phases().forEach(phase -> phases.add(phase(numbers, phase)));
    json.add("phases", phases);
    json.add("logRate", at(samples, t -> numbers.texpPlusPlus().orElseThrow().logLearningRate(t)));
    json.add("comparison", GSON.toJsonTree(null));
    numbers.comparison().ifPresent(c -> json.add("comparison", comparison(numbers, c, samples)));
    return json;
  }

  private static JsonObject recipe(Given given) {
    JsonObject json = new JsonObject();
    json.add("starts", GSON.toJsonTree(given.starts));
    json.add("rates", GSON.toJsonTree(given.rates));
    json.addProperty("weightDecay", given.decay);
    json.addProperty("momentum", given.momentum);
    json.addProperty("iterations", given.iterations);
    return json;
  }

  private static JsonObject phase(RatioBound numbers, Phase phase) {
    JsonObject json = new JsonObject();
    json.addProperty("partOfCritical", phase.partOfCritical());
    json.addProperty("below", phase.belowCritical());
    phase.root().ifPresent(root -> json.addProperty("value", root.value()));
    phase.root().ifPresent(root -> json.addProperty("oneMinus", root.oneMinus()));
    json.addProperty("relaxation", phase.equilibrium().relaxation());
    json.addProperty("anglePerStep", phase.equilibrium().anglePerStep());
    json.addProperty("firstBelow", numbers.firstBelow(phase, 1e-6).orElse(-1));
    return json;
  }

  private static JsonObject comparison(RatioBound numbers, Comparison comparison, long[] samples) {
    JsonObject json = new JsonObject();
    json.add("logTexpRate", at(samples, comparison.texp()::logLearningRate));
    json.add(
        "logDistance", at(samples, t -> t == 0 ? Double.NaN : comparison.ratio().logDistance(t)));
    json.add("logRateRatio", at(samples, comparison.ratio()::logRateRatio));
    long[] after =
        LongStream.iterate(1, s -> s < numbers.recipe().iterations(), s -> 3 * s).toArray();
    json.add("after", GSON.toJsonTree(after));
    json.add("logPrinted", at(after, comparison.bound()::logPrinted));
    json.add("logCorrected", at(after, comparison.bound()::logCorrected));
    json.add("printed", GSON.toJsonTree(numbers.printed().orElseThrow()));
    json.add("corrected", GSON.toJsonTree(numbers.corrected().orElseThrow()));
    return json;
  }

  private static JsonArray at(long[] iterations, LongToDoubleFunction value) {
    JsonArray array = new JsonArray();
    LongStream.of(iterations).mapToDouble(value).forEach(array::add);
    return array;
  }

  /** Values of the sliders: the paper's, and others from a seed. */
  private static Stream<double[]> settings(Random random) {
    double[] paper = {0.1, 5e-4, 0, 0.9, 0, 80, 10, 120, 10, 391};
    double[][] choices = {
      {0.01, 0.1, 1},
      {1e-5, 5e-4, 4e-3},
      {0, 0, 0.9, 0.95, 0.9999, 1.01},
      {0, 0.5, 0.9, 0.99},
      {0, 0, 1},
      {10, 80, 150},
      {1, 2, 10},
      {40, 80, 120},
      {1, 5, 100},
      {20, 98}
    };
    Stream<double[]> others =
        Stream.generate(
            () ->
                Arrays.stream(choices)
                    .mapToDouble(choice -> choice[random.nextInt(choice.length)])
                    .toArray());
    return Stream.concat(Stream.of(paper), others.limit(40));
  }

  private static JsonObject figure(double[] values) {
    RatioBoundSetting setting = RatioBoundSetting.of(values);
    Figure figure = RatioBoundFigure.of(RatioBound.of(setting.recipe()), setting.epochs());
    JsonObject json = new JsonObject();
    json.add("values", GSON.toJsonTree(values));
    json.add("figure", GSON.fromJson(figure.toJson(), JsonObject.class));
    return json;
  }
}
