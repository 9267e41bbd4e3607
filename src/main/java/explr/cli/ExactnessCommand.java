package explr.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.ToNumberPolicy;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Placement;
import explr.engine.Precision;
import explr.equivalence.Arithmetic;
import explr.equivalence.ChaosFloor;
import explr.equivalence.ComparedOptimizer;
import explr.equivalence.Counterpart;
import explr.equivalence.Deviation;
import explr.equivalence.Exactness;
import explr.equivalence.ExactnessFigure;
import explr.equivalence.ExactnessTables;
import explr.experiment.Settings;
import explr.figure.Export;
import explr.format.RecipeFile;
import explr.measurement.Manifest;
import explr.network.Architecture;
import explr.network.NormLayer;
import explr.network.PreResNet;
import explr.optimizer.Optimizer;
import explr.schedule.First;
import explr.schedule.Rates;
import explr.schedule.Recipe;
import explr.store.Manifests;
import explr.training.Task;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how exactly a recipe's conversions train the same network. */
@Command(
    name = "exactness",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Measures how exactly runs without weight decay train the same network as an"
            + " optimizer's run with it: in lock-step, where each step starts from equivalent states, and in free runs,"
            + " compared with runs that start one bit apart. Writes tables and figures, and"
            + " states which bars are met.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every bar is met",
      "1:a bar is missed, or the report could not be made; the message says why",
      "2:the command line was not understood"
    })
final class ExactnessCommand implements Callable<Integer> {

  @Option(
      names = "--optimizer",
      defaultValue = "momentum",
      description =
          "${COMPLETION-CANDIDATES}. MOMENTUM is the paper's SGD; SIGNSGD has momentum too."
              + " AdamW has beta2 0.999 and epsilon 1e-8, Lion beta2 0.99, Muon Nesterov's"
              + " momentum and epsilon 1e-7.")
  private ComparedOptimizer optimizer;

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description =
          "A recipe file for momentum SGD, as for convert; its first iterations are compared. Without it:"
              + " rate 0.1, divided by 10 halfway, weight decay 5e-3, momentum 0.9; other"
              + " optimizers each have their own rate, with warm-up and cosine, and a decay"
              + " that is divided by 3 halfway.")
  private Path recipe;

  @Option(names = "--depth", defaultValue = "20", description = "Of the PreResNet, 6n + 2.")
  private int depth;

  @Option(
      names = "--normalization",
      defaultValue = "batch",
      description = "${COMPLETION-CANDIDATES}; group is of 4 groups.")
  private NormLayer.Kind normalization;

  @Option(names = "--affine", description = "Also train scale and bias of the normalisations.")
  private boolean affine;

  @Option(names = "--batch-size", defaultValue = "16", description = "Images in a batch.")
  private int batchSize;

  @Option(names = "--steps", defaultValue = "200", description = "Steps in lock-step.")
  private int steps;

  @Option(
      names = "--iterations",
      defaultValue = "256",
      description = "Iterations of the free runs.")
  private int iterations;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "0,1,2,3,4",
      description = "Seeds of the free runs.")
  private List<Long> seeds;

  @Option(
      names = "--looks",
      defaultValue = "20",
      description = "How often to look at free runs, from the first iteration to the last.")
  private int looks;

  @Mixin private PlacementOptions where;

  @Mixin private ThreadOptions threads;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "By default, the folder results/exactness in EXPLR_HOME, or for an optimizer other"
              + " than momentum its own folder in it.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Placement placement;
    Task task;
    try {
      checkNumbers();
      placement = where.placement();
      task = task();
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("explr: " + e.getMessage());
      return Main.USAGE;
    }
    PrintWriter err = spec.commandLine().getErr();
    Optional<RecipeFile> file =
        recipe == null
            ? Optional.empty()
            : Optional.of(RecipeFile.read(recipe, warning -> err.println("explr: " + warning)));
    if (file.isPresent() && !(file.get().optimizer() instanceof Optimizer.Momentum)) {
      err.println(
          "explr: "
              + recipe
              + ": this command compares only SGD with plain momentum; set \"optimizer\": \"SGD\","
              + " and \"nesterov\", \"decoupled\" and \"rate_inside_buffer\" to false");
      return Main.USAGE;
    }
    Rates lockStepRecipe =
        file.isEmpty() ? optimizer.recipe(steps) : first(steps, file.get().recipe());
    Rates freeRecipe =
        file.isEmpty() ? optimizer.recipe(iterations) : first(iterations, file.get().recipe());
    Rates twin = Counterpart.of(task.optimizer(), freeRecipe).rates();
    Path folder = output == null ? defaultFolder(task) : output;
    Files.createDirectories(folder);
    System.out.printf(
        Locale.ROOT,
        "%s, %s, %s, batches of %d, %s, %s%s%nData: %s%n",
        optimizer.title(),
        task.architecture().name(),
        task.backend().engine().displayName(),
        batchSize,
        task.backend().describeDevice(task.backend().gpu()),
        task.backend().describeThreads(),
        placement.description(),
        task.data().name());
    where.notice(task.backend().device()).ifPresent(System.out::println);
    manifest(task, file, lockStepRecipe, freeRecipe).write(folder.resolve("manifest.json"));
    int counted = (int) lockStepRecipe.iterations();
    Exactness report = Exactness.of(task, lockStepRecipe, counted);
    ExactnessTables.write(ExactnessTables.of(report), folder.resolve("lock-step.csv"));
    System.out.println(ExactnessTables.summary(report).print());
    System.out.println(ExactnessTables.of(report.verdicts()).print());
    ChaosFloor chaos = ChaosFloor.of(Arithmetic.ROUNDED.of(task), freeRecipe, twin, seeds, looks);
    ExactnessTables.write(ExactnessTables.of(chaos), folder.resolve("chaos.csv"));
    System.out.printf(
        Locale.ROOT,
        "Free runs: distance of the pair over that of one bit, logits %.2f, weights %.2f: %s%n",
        chaos.ratio(ChaosFloor.Point::logits),
        chaos.ratio(ChaosFloor.Point::angle),
        chaos.holds() ? "among the others" : "NOT among the others");
    Export.html(
        ExactnessFigure.lockStep(report, Deviation.Quantity.BUFFER),
        folder.resolve("lock-step.html"));
    if (!Double.isNaN(report.smallestOfControls())) {
      Export.html(ExactnessFigure.controls(report), folder.resolve("controls.html"));
    }
    Export.html(ExactnessFigure.chaos(chaos), folder.resolve("chaos.html"));
    System.out.println("Report: " + folder);
    return report.holds() && chaos.holds() ? Main.DONE : Main.FAILED;
  }

  private Path defaultFolder(Task task) {
    Path folder =
        Settings.of(System.getenv(), task.backend()).home().resolve("results").resolve("exactness");
    return optimizer == ComparedOptimizer.MOMENTUM ? folder : folder.resolve(optimizer.folder());
  }

  private void checkNumbers() {
    require(
        recipe == null || optimizer == ComparedOptimizer.MOMENTUM,
        "--recipe reads recipes for momentum SGD; omit --recipe or --optimizer");
    require(steps >= 2, "--steps needs at least 2 steps, with a change of phase, not " + steps);
    require(iterations >= 2, "--iterations needs at least 2, not " + iterations);
    require(looks >= 2, "--looks needs at least 2 looks, not " + looks);
    require(!seeds.isEmpty(), "--seeds needs at least one seed");
  }

  private static void require(boolean condition, String sentence) {
    if (!condition) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** The beginning of the user's recipe, or all of it. */
  private static Rates first(int length, Recipe recipe) {
    return new First(recipe, Math.min(length, recipe.iterations()));
  }

  /** Number type and ε of the manifest are the user's; each setting names its own. */
  private Manifest manifest(
      Task task, Optional<RecipeFile> file, Rates lockStepRecipe, Rates freeRecipe) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("command", "environment/" + String.join(" ", arguments()));
    configuration.put("optimizer", optimizer.optimizer().toString());
    configuration.put(
        "recipe", file.map(ExactnessCommand::settings).orElse(optimizer.describeRecipe()));
    for (Arithmetic setting : Arithmetic.values()) {
      configuration.put("setting " + setting.name().toLowerCase(Locale.ROOT), setting.title());
    }
    configuration.put("weight_decay", lockStepRecipe.weightDecay(0));
    configuration.put("momentum", lockStepRecipe.momentum(0));
    configuration.put("lock_steps", lockStepRecipe.iterations());
    configuration.put("free_iterations", freeRecipe.iterations());
    configuration.put("free_seeds", seeds);
    configuration.put("looks", (long) looks);
    return Manifests.of(
        task,
        configuration,
        List.of(),
        task.backend().engine().standsInBecause(task.backend().device()),
        Settings.of(System.getenv(), task.backend()).commit());
  }

  private List<String> arguments() {
    return spec.commandLine().getParseResult().originalArgs();
  }

  /** What a recipe file says, in the words of its format. */
  private static Object settings(RecipeFile file) {
    return new GsonBuilder()
        .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
        .create()
        .fromJson(file.toJson(), Object.class);
  }

  private Task task() {
    NormLayer plain =
        new NormLayer(normalization, normalization == NormLayer.Kind.GROUP ? 4 : 0, affine);
    Architecture net = PreResNet.of(depth, 1, plain);
    Dataset data = EmbeddedSample.load();
    return Task.of(net, data)
        .withBatchSize(batchSize)
        .with(optimizer.optimizer())
        .on(where.backend(Precision.FLOAT32, threads.count()));
  }
}
