package explr.format;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import explr.file.FileFailure;
import explr.optimizer.Optimizer;
import explr.schedule.Epochs;
import explr.schedule.OneCycle;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The content of a recipe's JSON file: the rates, the optimizer that they drive, and the length of
 * an epoch. {@link explr.format} describes the format.
 *
 * @param recipe the rates
 * @param optimizer momentum SGD in one of its forms, AdamW, Lion, signSGD or Muon
 * @param epochs how many iterations an epoch has, if the file says so; it changes no value
 */
public record RecipeFile(Recipe recipe, Optimizer optimizer, Optional<Epochs> epochs) {

  /** Longer recipes are refused at once: their rates alone would take gigabytes. */
  private static final long MOST_ITERATIONS = 200_000_000;

  /** Checks a value of a quantity. */
  @FunctionalInterface
  private interface Range {
    void check(long iteration, double value);
  }

  private static final Range RATE = (t, value) -> Rates.check(t, value, 0, 0);
  private static final Range DECAY = (t, value) -> Rates.check(t, 0, value, 0);
  private static final Range MOMENTUM = (t, value) -> Rates.check(t, 0, 0, value);

  static final String LEARNING_RATE = "learning_rate";

  /** A recipe for plain momentum. */
  public static RecipeFile of(Recipe recipe) {
    return new RecipeFile(recipe, new Optimizer.Momentum(), Optional.empty());
  }

  /**
   * Reads a file and warns of what may be a mistake, such as rows of a table that the run does not
   * reach.
   *
   * @param warnings receives a sentence for each warning, which begins with the file and the key;
   *     {@code System.err::println} prints them
   * @throws IOException if it cannot be read, in words that name the file
   * @throws IllegalArgumentException in one line: the file, the key, what is wrong with its value
   */
  public static RecipeFile read(Path file, Consumer<String> warnings) throws IOException {
    String json = text(file);
    try {
      return parse(
          json,
          file.toAbsolutePath().getParent(),
          warning -> warnings.accept(file + ": " + warning));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%s: %s", file, e.getMessage()), e);
    }
  }

  private static String text(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a folder; name the JSON file in it");
    }
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("there is no file " + file, e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          file + " is not text in UTF-8; save it in this encoding", e);
    } catch (IOException e) {
      throw new IOException(
          String.format(Locale.ROOT, "%s cannot be read: %s", file, FileFailure.reason(e)), e);
    }
  }

  /**
   * Reads a text.
   *
   * @param json the text
   * @param folder the folder of the CSV files that it names
   * @param warnings receives a sentence for each warning, which begins with the key
   * @throws IllegalArgumentException in one line: the key, what is wrong with its value
   */
  public static RecipeFile parse(String json, Path folder, Consumer<String> warnings) {
    Fields fields =
        Fields.of(
            RunShares.resolved(JsonText.parse(json)), "", "a recipe, { \"learning_rate\": … }");
    ScheduleReader schedules = new ScheduleReader(folder, warnings);
    Optional<OneCycle> cycle =
        fields.has(OneCycleFormat.NAME)
            ? Optional.of(OneCycleFormat.read(fields.object(OneCycleFormat.NAME)))
            : Optional.empty();
    Schedule learningRate;
    if (cycle.isPresent()) {
      refuseNextToCycle(fields);
      learningRate = cycle.get().learningRate();
    } else {
      learningRate = schedules.read(fields.element(LEARNING_RATE), LEARNING_RATE);
    }
    OptimizerFields ofOptimizer =
        new OptimizerFields(
            fields, schedules, cycle.map(OneCycle::momentum).or(schedules::momentum));
    Optimizer optimizer = OptimizerFormats.read(ofOptimizer);
    Schedule momentum = ofOptimizer.momentum();
    String momentumPath = ofOptimizer.momentumPath();
    Schedule weightDecay = schedules.read(fields.element("weight_decay"), "weight_decay");
    Optional<Epochs> epochs = epochs(fields);
    long iterations = iterations(fields, epochs, cycle);
    boolean normalized = optimizer instanceof Optimizer.Normalized;
    if (schedules.readKeras() && !normalized && !fields.has("rate_inside_buffer")) {
      throw new LocatedException(
          "rate_inside_buffer",
          "a schedule is named as Keras does, whose SGD keeps the rate inside the momentum buffer;"
              + " give true for it, or false for an optimizer as PyTorch's");
    }
    ForeignKeys.check(fields);
    fields.refuseOthers();
    if (epochs.isPresent()) {
      schedules.warnOfSteps();
    }
    schedules.refuseLongerRun(LEARNING_RATE, learningRate, iterations);
    schedules.refuseLongerRun("weight_decay", weightDecay, iterations);
    schedules.refuseLongerRun(momentumPath, momentum, iterations);
    Recipe recipe = new Recipe(learningRate, weightDecay, momentum, iterations);
    check(
        recipe,
        cycle.isPresent() ? OneCycleFormat.NAME : LEARNING_RATE,
        cycle.isPresent() ? OneCycleFormat.NAME : momentumPath);
    check(optimizer, ofOptimizer.betaPath(), iterations);
    schedules.warnOfUnreadRows(LEARNING_RATE, learningRate, iterations);
    schedules.warnOfUnreadRows("weight_decay", weightDecay, iterations);
    schedules.warnOfUnreadRows(momentumPath, momentum, iterations);
    if (optimizer.secondBeta().isPresent()) {
      Schedule beta2 = optimizer.secondBeta().get();
      schedules.refuseLongerRun(ofOptimizer.betaPath(), beta2, iterations);
      schedules.warnOfUnreadRows(ofOptimizer.betaPath(), beta2, iterations);
    }
    return new RecipeFile(recipe, optimizer, epochs);
  }

  private static void refuseNextToCycle(Fields fields) {
    if (fields.has(LEARNING_RATE)) {
      throw new LocatedException(
          LEARNING_RATE,
          "one_cycle gives learning rate and momentum already; remove one of the two");
    }
  }

  private static Optional<Epochs> epochs(Fields fields) {
    return fields.has("iterations_per_epoch")
        ? Optional.of(fields.make(() -> Epochs.of(fields.integer("iterations_per_epoch"))))
        : Optional.empty();
  }

  private static long iterations(Fields fields, Optional<Epochs> epochs, Optional<OneCycle> cycle) {
    boolean byEpochs = fields.has("epochs");
    if (byEpochs && fields.has("iterations")) {
      throw new LocatedException(
          "epochs", "'iterations' gives the length already; remove one of the two");
    }
    long iterations;
    if (byEpochs) {
      Epochs length =
          epochs.orElseThrow(
              () -> new LocatedException("epochs", "needs the key 'iterations_per_epoch', too"));
      iterations = Fields.located("epochs", () -> length.iterations(fields.integer("epochs")));
    } else if (cycle.isPresent() && !fields.has("iterations")) {
      iterations = cycle.get().iterations();
    } else {
      iterations = fields.integer("iterations");
    }
    checkLength(byEpochs ? "epochs" : "iterations", iterations);
    return iterations;
  }

  private static void checkLength(String path, long iterations) {
    if (iterations < 1 || iterations > MOST_ITERATIONS) {
      throw new LocatedException(
          path,
          String.format(
              Locale.ROOT,
              "a run has from 1 to %d iterations, not %d",
              MOST_ITERATIONS,
              iterations));
    }
  }

  /**
   * Refuses values that no recipe file may contain; {@link #read} and {@link #parse} already do so.
   *
   * @throws IllegalArgumentException in one line: the key, what is wrong with its value
   */
  public void check() {
    checkLength("iterations", recipe.iterations());
    check(recipe, LEARNING_RATE, "momentum");
    check(optimizer, "betas[1]", recipe.iterations());
  }

  private static void check(Recipe recipe, String ratePath, String momentumPath) {
    long iterations = recipe.iterations();
    check(ratePath, recipe.learningRate(), iterations, RATE);
    check("weight_decay", recipe.weightDecay(), iterations, DECAY);
    check(momentumPath, recipe.momentum(), iterations, MOMENTUM);
  }

  private static void check(Optimizer optimizer, String betaPath, long iterations) {
    optimizer
        .secondBeta()
        .ifPresent(
            beta2 -> check(betaPath, t -> Optimizer.beta2(beta2, t), iterations, (t, value) -> {}));
  }

  private static void check(String path, Schedule schedule, long iterations, Range range) {
    Fields.located(
        path,
        () -> {
          for (long t = 0; t < iterations; t++) {
            range.check(t, schedule.at(t));
          }
          return schedule;
        });
  }

  /**
   * The text of the file; {@link #parse} reads it back to an equal value.
   *
   * @throws IllegalArgumentException for a schedule that is not one of explr's, such as a lambda,
   *     which has no JSON
   */
  public String toJson() {
    return JsonText.write(json());
  }

  /** Writes the file. */
  public void write(Path file) throws IOException {
    Files.writeString(file, toJson());
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    Optional<OneCycle> cycle = OneCycleFormat.of(recipe);
    if (cycle.isPresent()) {
      json.add(OneCycleFormat.NAME, OneCycleFormat.write(cycle.get()));
    } else {
      put(json, LEARNING_RATE, recipe.learningRate());
    }
    put(json, "weight_decay", recipe.weightDecay());
    if (cycle.isEmpty() && optimizer.secondBeta().isEmpty()) {
      put(json, "momentum", recipe.momentum());
    }
    long each = epochs.map(Epochs::iterationsEach).orElse(0L);
    if (each > 0 && recipe.iterations() % each == 0) {
      json.addProperty("epochs", recipe.iterations() / each);
    } else {
      json.addProperty("iterations", recipe.iterations());
    }
    if (each > 0) {
      json.addProperty("iterations_per_epoch", each);
    }
    OptimizerWriter.write(this, json, cycle.isPresent());
    return json;
  }

  private static void put(JsonObject json, String key, Schedule schedule) {
    json.add(key, written(key, schedule));
  }

  static JsonElement written(String key, Schedule schedule) {
    return Fields.located(key, () -> ScheduleWriter.write(schedule));
  }
}
