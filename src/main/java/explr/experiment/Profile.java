package explr.experiment;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import explr.data.Dataset;
import explr.engine.Backend;
import explr.measurement.FileFailure;
import explr.measurement.Resource;
import explr.network.Architecture;
import explr.network.PreResNet;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.store.Manifests;
import explr.training.Probe;
import explr.training.Task;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A named set of sizes at which experiments are run, kept as a small JSON file that a user can copy
 * and change.
 *
 * @param name as shown
 * @param trainImages number of training images, taken from the front of the data
 * @param testImages number of test images
 * @param depth of the PreResNet, 6n + 2
 * @param width factor on its channels
 * @param batchSize images in a batch
 * @param measurementsPerEpoch how often a run is measured; divides the batches of an epoch. A
 *     profile that goes through the paper's schedule k times as fast measures k times an epoch
 * @param epochs that the runs of a figure train, by the figure's number
 * @param milestones epochs after which step schedules divide, ascending; those after the end of a
 *     figure's runs divide nothing there
 * @param learningRate η, at the start
 * @param weightDecay λ of the runs that have it
 * @param momentum γ
 * @param changes what differs from the paper's setting and what that does, a sentence each
 */
public record Profile(
    String name,
    int trainImages,
    int testImages,
    int depth,
    int width,
    int batchSize,
    int measurementsPerEpoch,
    Map<String, Integer> epochs,
    List<Integer> milestones,
    double learningRate,
    double weightDecay,
    double momentum,
    List<String> changes) {

  /** The profiles that come with the project. */
  public static final List<String> BUILT_IN = List.of("sample", "laptop", "paper");

  private static final Gson GSON =
      new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.IDENTITY).create();

  /** Refuses sizes out of range, milestones out of order, and what is null except changes. */
  public Profile {
    if (changes == null) {
      changes = List.of();
    }
    changes.forEach(change -> notNull("a sentence of changes", change));
    changes = List.copyOf(changes);
    if (name == null || !name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
      throw new IllegalArgumentException(
          "a profile's name is made of letters, digits and . _ -, not '" + name + "'");
    }
    atLeastOne("trainImages", trainImages);
    atLeastOne("testImages", testImages);
    atLeastOne("batchSize", batchSize);
    atLeastOne("measurementsPerEpoch", measurementsPerEpoch);
    long perEpoch = Epochs.ofImages(trainImages, batchSize).iterationsEach();
    if (perEpoch % measurementsPerEpoch != 0) {
      throw new IllegalArgumentException(
          "measurementsPerEpoch must divide the %d batches of an epoch; %d does not"
              .formatted(perEpoch, measurementsPerEpoch));
    }
    notNull("epochs", epochs);
    epochs = Collections.unmodifiableMap(new TreeMap<>(epochs));
    for (String figure : List.of("1", "2", "3", "4", "5", "6")) {
      if (!epochs.containsKey(figure)) {
        throw new IllegalArgumentException("epochs lacks those of figure " + figure);
      }
    }
    epochs.forEach(
        (figure, count) -> countable("epochs of figure " + figure, count, measurementsPerEpoch));
    notNull("milestones", milestones);
    milestones.forEach(milestone -> countable("milestones", milestone, measurementsPerEpoch));
    milestones = List.copyOf(milestones);
    for (int i = 1; i < milestones.size(); i++) {
      if (milestones.get(i) <= milestones.get(i - 1)) {
        throw new IllegalArgumentException(
            "milestones must ascend: %d follows %d in %s"
                .formatted(milestones.get(i), milestones.get(i - 1), milestones));
      }
    }
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new IllegalArgumentException("learningRate must be positive, not " + learningRate);
    }
    if (!(weightDecay >= 0) || !Double.isFinite(weightDecay)) {
      throw new IllegalArgumentException("weightDecay must not be negative: " + weightDecay);
    }
    if (!(momentum >= 0 && momentum < 1)) {
      throw new IllegalArgumentException(
          "momentum must be at least 0 and less than 1, not " + momentum);
    }
    PreResNet.of(depth, width);
  }

  private static void notNull(String what, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(what + " must not be null");
    }
  }

  private static void atLeastOne(String what, Integer value) {
    if (value == null || value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1, not " + value);
    }
  }

  /** Refuses epochs whose measurements an int does not count: a table could not hold their rows. */
  private static void countable(String what, Integer epochs, int measurementsPerEpoch) {
    atLeastOne(what, epochs);
    int most = Integer.MAX_VALUE / measurementsPerEpoch;
    if (epochs > most) {
      throw new IllegalArgumentException(
          "%s must be at most %d with measurementsPerEpoch %d, not %d"
              .formatted(what, most, measurementsPerEpoch, epochs));
    }
  }

  /**
   * The profile of a name, or of a JSON file.
   *
   * @param nameOrFile one of {@link #BUILT_IN}, or the path of a file
   */
  public static Profile of(String nameOrFile) {
    if (BUILT_IN.contains(nameOrFile)) {
      return parse(
          Resource.text(Profile.class, "profiles/" + nameOrFile + ".json"),
          "profile " + nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          "no profile '%s': choose one of %s, or give the path of a JSON file like them"
              .formatted(nameOrFile, String.join(", ", BUILT_IN)));
    }
    try {
      Profile read = parse(Files.readString(file), file.toString());
      if (BUILT_IN.contains(read.name) && !read.equals(of(read.name))) {
        throw new IllegalArgumentException(
            "%s has the name of the built-in profile %s and other values: give it a name of its own, and let changes say what it changes"
                .formatted(file, read.name));
      }
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static Profile parse(String json, String where) {
    try {
      Set<String> names = names(json);
      Set<String> expected = new TreeSet<>();
      Arrays.stream(Profile.class.getRecordComponents()).forEach(c -> expected.add(c.getName()));
      Set<String> unknown = new TreeSet<>(names);
      unknown.removeAll(expected);
      Set<String> missing = new TreeSet<>(expected);
      missing.removeAll(names);
      missing.remove("changes");
      if (!unknown.isEmpty() || !missing.isEmpty()) {
        throw new IllegalArgumentException(
            where
                + (missing.isEmpty() ? "" : " lacks " + String.join(", ", missing))
                + (missing.isEmpty() || unknown.isEmpty() ? "" : ", and")
                + (unknown.isEmpty() ? "" : " has unknown " + String.join(", ", unknown)));
      }
      // From the text: of numbers in a tree that was parsed before, Gson drops fractions.
      return GSON.fromJson(json, Profile.class);
    } catch (IOException | JsonParseException | IllegalStateException e) {
      throw new IllegalArgumentException(where + " is not a profile: " + reason(e), e);
    } catch (RuntimeException e) {
      Throwable cause = e.getCause();
      String message =
          cause instanceof IllegalArgumentException ? cause.getMessage() : e.getMessage();
      throw new IllegalArgumentException(
          String.valueOf(message).startsWith(where) ? message : where + ": " + message, e);
    }
  }

  /** The names of a JSON object's values; refuses one that is there twice. */
  private static Set<String> names(String json) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.LENIENT);
    Set<String> names = new TreeSet<>();
    reader.beginObject();
    while (reader.hasNext()) {
      String name = reader.nextName();
      if (!names.add(name)) {
        throw new IllegalArgumentException("'" + name + "' is there twice");
      }
      reader.skipValue();
    }
    return names;
  }

  /** Gson's message without the name of an exception before it and a link after it. */
  private static String reason(Exception e) {
    Throwable said = e.getCause() == null ? e : e.getCause();
    return String.valueOf(said.getMessage()).lines().findFirst().orElse("");
  }

  /** What a run of this profile trains, on the first images of some data. */
  public Task task(Dataset data, Backend backend, long seed) {
    if (data.train().size() < trainImages || data.test().size() < testImages) {
      throw new IllegalArgumentException(
          "the profile %s needs %,d training and %,d test images; %s has fewer. Give CIFAR-10 (--data FOLDER or --data download, or the variable EXPLR_CIFAR10), or another profile"
              .formatted(name, trainImages, testImages, data.name()));
    }
    return Task.of(architecture(), data.first(trainImages, testImages))
        .withBatchSize(batchSize)
        .withSeed(seed)
        .measured(measurementsPerEpoch)
        .on(backend);
  }

  /** What of a run's configuration the sizes decide, on whatever images and whatever computes. */
  Map<String, Object> configuration() {
    Probe probe = Probe.of(architecture()).times(measurementsPerEpoch);
    return Manifests.configuration(architecture(), batchSize, Task.EPSILON, probe);
  }

  private Architecture architecture() {
    return PreResNet.of(depth, width);
  }

  /** A recipe with the profile's weight decay and momentum. */
  Recipe recipe(Schedule learningRate, int epochs) {
    long iterations = iterationsPerEpoch().iterations(epochs);
    return Recipe.of(learningRate, weightDecay, momentum, iterations);
  }

  /** How many iterations an epoch has. */
  Epochs iterationsPerEpoch() {
    return Epochs.ofImages(trainImages, batchSize);
  }

  /** How many iterations lie between two measurements. */
  long iterationsPerPeriod() {
    return iterationsPerEpoch().iterationsEach() / measurementsPerEpoch;
  }

  /** The milestones in iterations. */
  List<Long> milestoneIterations() {
    return milestones.stream().map(iterationsPerEpoch()::iterations).toList();
  }

  /** How many epochs the runs of a figure train. */
  public int epochs(PaperFigure figure) {
    return epochs.get(figure.number());
  }

  /** The weights whose norm and angle figures show. */
  public String watched() {
    return Probe.of(architecture()).watched().get(0);
  }

  /**
   * The setting in one line, for titles.
   *
   * @param data the name of the images
   */
  public String describe(String data) {
    return "PreResNet-%d%s, %s, batch %d, η = %s, λ = %s, momentum %s"
        .formatted(
            depth,
            width == 1 ? "" : " × " + width,
            data,
            batchSize,
            learningRate,
            weightDecay,
            momentum);
  }
}
