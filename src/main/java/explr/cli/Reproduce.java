package explr.cli;

import explr.engine.Backend;
import explr.experiment.Agreement;
import explr.experiment.Curve;
import explr.experiment.Experiment;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.figure.Export;
import explr.figure.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private RunOptions options;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of each run. By default those of the runs that are there, else processors over jobs.")
  private Integer threads;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = {
        "Runs trained at the same time, each in a process of its own.",
        "By default as many as there are runs to the figures, at most one for each processor: two",
        "runs of one thread train more images a second than one of two. On a GPU one."
      })
  private Integer jobs;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seeds, separated by commas; each trains a run of every curve.")
  private List<Long> seeds;

  @Option(
      names = "--force",
      description = "Throw away what an earlier call trained into the output folder's runs.")
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<PaperFigure> wanted;
    List<Jobs.Job> runs;
    Parallelism parallelism;
    Backend backend;
    seeds = seeds.stream().distinct().toList();
    try {
      wanted = PaperFigure.parse(figures);
      runs = runs(wanted, options.profile());
      parallelism = Parallelism.of(jobs, threads(), runs.size(), options.onGpu());
      backend = options.backend(parallelism.threads());
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("explr: " + e.getMessage());
      return Main.USAGE;
    }
    Experiment experiment = options.experiment(backend);
    System.out.println(experiment.describeEngine() + parallelism.description());
    System.out.println("Data: " + experiment.task(seeds.get(0)).data().name());
    experiment
        .profile()
        .changes()
        .forEach(change -> System.out.println("  differs from the paper: " + change));
    try (Signals signals = Signals.interrupting(Thread.currentThread())) {
      try {
        new Trainer(experiment, options, parallelism, force).train(runs);
      } catch (InterruptedException e) {
        signals.saved();
        return Main.GO_ON_LATER;
      }
    }
    draw(wanted, experiment);
    return Main.DONE;
  }

  /** The user's choice, else that of the runs that are there, else null. */
  private Integer threads() {
    OptionalInt found = Experiment.threadsOfRunsIn(options.folder().resolve("runs"));
    return threads != null || found.isEmpty() || force
        ? threads
        : Integer.valueOf(found.getAsInt());
  }

  /** A run of every curve for every seed; seed by seed, so that the first figure is soon there. */
  private List<Jobs.Job> runs(List<PaperFigure> wanted, Profile profile) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("--seeds needs at least one seed");
    }
    Map<List<Object>, Jobs.Job> byName = new LinkedHashMap<>();
    for (long seed : seeds) {
      for (PaperFigure figure : wanted) {
        for (Curve curve : figure.curves(profile)) {
          byName.putIfAbsent(List.of(curve.name(), seed), new Jobs.Job(figure, curve, seed));
        }
      }
    }
    return List.copyOf(byName.values());
  }

  private void draw(List<PaperFigure> figures, Experiment experiment) throws IOException {
    Path folder = options.folder();
    Files.createDirectories(folder);
    for (PaperFigure wanted : figures) {
      Figure figure = experiment.draw(wanted, seeds.toArray(Long[]::new));
      Path page = Export.html(figure, folder.resolve(wanted.fileName() + ".html"));
      System.out.println("Figure: " + page);
      List<Path> pictures = new ArrayList<>();
      for (String kind : List.of("png", "svg")) {
        pictures.add(folder.resolve(wanted.fileName() + "." + kind));
      }
      report(Export.pictures(figure, options.settings().python(), pictures));
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
