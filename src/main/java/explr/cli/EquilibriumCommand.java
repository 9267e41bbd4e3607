package explr.cli;

import explr.data.EmbeddedSample;
import explr.engine.Precision;
import explr.equilibrium.EquilibriumFigure;
import explr.equilibrium.EquilibriumTables;
import explr.equilibrium.MeasuredAngles;
import explr.equilibrium.Setting;
import explr.experiment.Settings;
import explr.figure.Export;
import explr.network.PreResNet;
import explr.store.Manifests;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the angle per step of each optimizer and compares it with the prediction. */
@Command(
    name = "equilibrium",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Trains a PreResNet with each optimizer at constant rate and weight decay, measures the angle by",
      "which each step rotates the weights, and compares it with the angle predicted for equilibrium.",
      "Writes a table and figures. The memory 1/(ηλ) is 100 steps."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the report could not be made; the message says why",
      "2:the command line was not understood"
    })
final class EquilibriumCommand implements Callable<Integer> {

  @Option(names = "--depth", defaultValue = "20", description = "Depth of the PreResNet, 6n + 2.")
  private int depth;

  @Option(names = "--batch-size", defaultValue = "16", description = "Images per batch.")
  private int batchSize;

  @Option(names = "--steps", defaultValue = "1200", description = "Steps of each run.")
  private int steps;

  @Option(
      names = "--settle",
      defaultValue = "400",
      description = "Steps at the start that the comparison leaves out.")
  private int settle;

  @Option(
      names = "--window",
      defaultValue = "50",
      description = "Steps over which angles are averaged.")
  private int window;

  @Option(names = "--seeds", split = ",", defaultValue = "0", description = "Seeds of the runs.")
  private List<Long> seeds;

  @Mixin private PlacementOptions where;

  @Mixin private ThreadOptions threads;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "By default, the folder results/equilibrium in EXPLR_HOME.")
  private Path output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Task task;
    try {
      if (!(window >= 1 && settle >= 0 && (long) settle + window <= steps)) {
        throw new IllegalArgumentException(
            "--settle %d and one --window of %d steps do not fit into --steps %d; raise --steps"
                .formatted(settle, window, steps));
      }
      task =
          Task.of(PreResNet.depth(depth), EmbeddedSample.load())
              .withBatchSize(batchSize)
              .on(where.backend(Precision.FLOAT32, threads.count()));
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("explr: " + e.getMessage());
      return Main.USAGE;
    }
    Settings settings = Settings.of(System.getenv(), task.backend());
    Path folder =
        output == null ? settings.home().resolve("results").resolve("equilibrium") : output;
    Files.createDirectories(folder);
    System.out.printf(
        Locale.ROOT,
        "%s, %s, batches of %d, %s%nData: %s%n",
        task.architecture().name(),
        task.backend().engine().displayName(),
        batchSize,
        task.backend().describeThreads(),
        task.data().name());
    where.notice(task.backend().device()).ifPresent(System.out::println);
    Manifests.of(
            task,
            configuration(),
            List.of(),
            task.backend().engine().standsInBecause(task.backend().device()),
            settings.commit())
        .write(folder.resolve("manifest.json"));
    MeasuredAngles measured = MeasuredAngles.of(task, Setting.ALL, seeds, steps, window);
    EquilibriumTables.write(measured, folder.resolve("angles.csv"));
    System.out.println(EquilibriumTables.summary(measured, settle).print());
    String network = task.architecture().name();
    Export.html(EquilibriumFigure.angles(measured, network, settle), folder.resolve("angles.html"));
    Export.html(EquilibriumFigure.approach(measured, network), folder.resolve("approach.html"));
    System.out.println("Report: " + folder);
    return Main.DONE;
  }

  private Map<String, Object> configuration() {
    Map<String, Object> configuration = new LinkedHashMap<>();
    for (Setting setting : Setting.ALL) {
      configuration.put("setting " + setting.name(), numbers(setting));
    }
    configuration.put("steps", (long) steps);
    configuration.put("settle", (long) settle);
    configuration.put("window", (long) window);
    configuration.put("seeds", seeds);
    return configuration;
  }

  private static Map<String, Object> numbers(Setting setting) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    numbers.put("learning_rate", setting.learningRate());
    numbers.put("weight_decay", setting.weightDecay());
    numbers.put("momentum", setting.momentum());
    setting.optimizer().secondBeta().ifPresent(beta -> numbers.put("second_beta", beta.at(0)));
    return numbers;
  }
}
