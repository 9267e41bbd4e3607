package explr.experiment;

import explr.conversion.CharacteristicRoot;
import explr.data.Dataset;
import explr.engine.Backend;
import explr.network.Architecture;
import explr.network.PreResNet;
import explr.schedule.Epochs;
import explr.schedule.Recipe;
import explr.schedule.Schedule;
import explr.store.Manifests;
import explr.training.Probe;
import explr.training.Task;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

  /** Almost a thousand times the iterations of the paper's longest run. */
  private static final long MOST_ITERATIONS = 100_000_000;

  /** The numbers of the paper's figures, for each of which a profile has a number of epochs. */
  static final List<String> FIGURES = List.of("1", "2", "3", "4", "5", "6");

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
    for (String figure : FIGURES) {
      if (!epochs.containsKey(figure)) {
        throw new IllegalArgumentException("epochs lacks those of figure " + figure);
      }
    }
    epochs.forEach(
        (figure, count) -> {
          countable("epochs of figure " + figure, count, measurementsPerEpoch);
          trainable("epochs of figure " + figure, count, perEpoch);
        });
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
    if (!CharacteristicRoot.exists(learningRate, weightDecay, momentum)) {
      throw new IllegalArgumentException(
          ("weightDecay %s times learningRate %s is above (1 − √momentum)² = %s, and no exponential"
                  + " rate is equivalent to them; lower one of the two")
              .formatted(weightDecay, learningRate, CharacteristicRoot.critical(momentum)));
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

  /** Refuses, before a plan is made, epochs whose rates would take gigabytes. */
  private static void trainable(String what, long epochs, long perEpoch) {
    long most = MOST_ITERATIONS / perEpoch;
    if (epochs > most) {
      throw new IllegalArgumentException(
          "%s must be at most %d, for %d iterations of a run, not %d"
              .formatted(what, most, MOST_ITERATIONS, epochs));
    }
  }

  /**
   * The profile of a name, or of a JSON file.
   *
   * @param nameOrFile one of {@link #BUILT_IN}, or the path of a file
   */
  public static Profile of(String nameOrFile) {
    return BUILT_IN.contains(nameOrFile)
        ? ProfileFile.builtIn(nameOrFile)
        : ProfileFile.read(nameOrFile);
  }

  /** Whether data have as many training and test images as this profile. */
  public boolean fits(Dataset data) {
    return data.train().size() >= trainImages && data.test().size() >= testImages;
  }

  /** Why data that do not fit cannot be trained on, and what to do. */
  String tooFew(Dataset data) {
    return String.format(
        Locale.ROOT,
        "the profile %s needs %,d training and %,d test images; %s has fewer. Give CIFAR-10 (--data FOLDER or --data download, or the variable EXPLR_CIFAR10), or another profile",
        name,
        trainImages,
        testImages,
        data.name());
  }

  /**
   * The task of this profile's runs, with seed 0, on the first images of some data.
   *
   * @throws IllegalArgumentException if the data have too few images
   */
  public Task task(Dataset data, Backend backend) {
    if (!fits(data)) {
      throw new IllegalArgumentException(tooFew(data));
    }
    return Task.of(architecture(), data.first(trainImages, testImages))
        .withBatchSize(batchSize)
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
