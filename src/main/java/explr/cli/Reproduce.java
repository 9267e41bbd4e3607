package explr.cli;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.experiment.Agreement;
import explr.experiment.Curve;
import explr.experiment.Experiment;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.experiment.Settings;
import explr.figure.Export;
import explr.figure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains what figures of the paper need and draws them. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = true,
    description = {
      "Trains what figures of the paper need and draws them.",
      "Interrupted or killed, the same command goes on from where it stopped."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the message says why, and what was measured is kept",
      "2:the command line was not understood",
      "75:stopped by a signal; the same command goes on"
    })
final class Reproduce implements Callable<Integer> {

  @Option(
      names = "--figures",
      split = ",",
      paramLabel = "N",
      defaultValue = "1",
      description = "Which figures: numbers separated by commas, or all.")
  private List<String> figures;

  @Option(
      names = "--profile",
      paramLabel = "NAME|FILE",
      description = {
        "How large: sample, laptop, paper, or a JSON file like theirs.",
        "Without this option: what the variable EXPLR_PROFILE says, else sample."
      })
  private String profile;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = {
        "Folder with CIFAR-10 in its official binary layout, or 'sample' for the images in the program,",
        "or 'download' to fetch the official archive (170 MB) once.",
        "Without this option: the folder in the variable EXPLR_CIFAR10, else the sample."
      })
  private String data;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "mxnet, pytorch, or auto: MXNet where it has a library for this machine.")
  private String engine;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = {
        "cpu, gpu:N (untested; needs the engine's GPU library), or auto: a GPU where CUDA finds one."
      })
  private String device;

  @Option(
      names = "--precision",
      defaultValue = "float32",
      description = "Number type: ${COMPLETION-CANDIDATES}.")
  private Precision precision;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; all processors by default.")
  private Integer threads;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seeds, separated by commas; each trains a run of every curve.")
  private List<Long> seeds;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description =
          "Where runs and figures go. By default a folder of the profile's name in results of EXPLR_HOME.")
  private Path output;

  @Option(
      names = "--force",
      description = "Throw away what an earlier call trained into the output folder's runs.")
  private boolean force;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "30",
      description =
          "At most so much work is lost if the program is killed; 0 saves after every step.")
  private double checkpointSeconds;

  @Option(names = "--steps", description = "Measure every step too, in steps.csv of each run.")
  private boolean steps;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<PaperFigure> wanted;
    Profile sizes;
    Backend backend;
    Settings settings = Settings.of(System.getenv());
    try {
      checkNumbers();
      wanted = PaperFigure.parse(figures);
      sizes = Profile.of(profile == null ? settings.profile() : profile);
      backend = backend();
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("explr: " + e.getMessage());
      return Main.USAGE;
    }
    seeds = seeds.stream().distinct().toList();
    Dataset images = data(settings);
    Path folder = output == null ? settings.results(sizes) : output;
    Experiment experiment =
        new Experiment(
            sizes,
            images,
            backend,
            folder.resolve("runs"),
            Duration.ofMillis(Math.round(checkpointSeconds * 1000)),
            settings.commit());
    System.out.println(experiment.describeEngine());
    System.out.println("Data: " + experiment.task(seeds.get(0)).data().name());
    sizes.changes().forEach(change -> System.out.println("  differs from the paper: " + change));
    try (Signals signals = Signals.interrupting(Thread.currentThread())) {
      try {
        new Trainer(experiment, seeds, force, steps).train(curves(wanted, sizes));
      } catch (InterruptedException e) {
        signals.saved();
        return Main.GO_ON_LATER;
      }
    }
    draw(wanted, experiment, folder, settings);
    return Main.DONE;
  }

  private void checkNumbers() {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("--seeds needs at least one seed");
    }
    if (!(checkpointSeconds >= 0 && checkpointSeconds <= 1e6)) {
      throw new IllegalArgumentException(
          "--checkpoint-seconds must lie between 0 and 1e6, not at " + checkpointSeconds);
    }
  }

  private Backend backend() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return new Backend(EngineName.parse(engine), Backend.device(device), precision, count);
  }

  private Dataset data(Settings settings) {
    if ("sample".equals(data)) {
      return EmbeddedSample.load();
    }
    if ("download".equals(data)) {
      return Downloads.cifar10(settings.home().resolve("cifar10"));
    }
    return settings.data(data == null ? null : Path.of(data));
  }

  private static List<Curve> curves(List<PaperFigure> figures, Profile profile) {
    Map<String, Curve> byName = new LinkedHashMap<>();
    figures.stream()
        .flatMap(figure -> figure.curves(profile).stream())
        .forEach(curve -> byName.putIfAbsent(curve.name(), curve));
    return List.copyOf(byName.values());
  }

  private void draw(
      List<PaperFigure> figures, Experiment experiment, Path folder, Settings settings)
      throws IOException {
    Files.createDirectories(folder);
    for (PaperFigure wanted : figures) {
      Figure figure = experiment.draw(wanted, seeds.toArray(Long[]::new));
      Path page = Export.html(figure, folder.resolve(wanted.fileName() + ".html"));
      System.out.println("Figure: " + page);
      List<Path> pictures = new ArrayList<>();
      for (String kind : List.of("png", "svg")) {
        pictures.add(folder.resolve(wanted.fileName() + "." + kind));
      }
      report(Export.pictures(figure, settings.python(), pictures));
    }
    System.out.println("Measurements: " + experiment.folder());
    if (figures.contains(PaperFigure.FIGURE_1) && seeds.size() > 1) {
      System.out.println(Agreement.table(experiment.agreement(seeds)).print());
    }
  }

  private static void report(Export.Pictures pictures) {
    if (pictures instanceof Export.Pictures.Written written) {
      written.files().forEach(file -> System.out.println("Figure: " + file));
    } else if (pictures instanceof Export.Pictures.NotWritten missing) {
      System.out.println("No PNG and SVG: " + missing.reason() + " " + missing.remedy());
    }
  }
}
