package explr.cli;

import explr.engine.Backend;
import explr.experiment.Curve;
import explr.experiment.Experiment;
import explr.experiment.PaperFigure;
import explr.experiment.Plan;
import explr.experiment.Profile;
import explr.experiment.RunFolder;
import explr.figure.Export;
import explr.figure.Figure;
import explr.file.FileFailure;
import explr.ledger.Ledger;
import explr.ledger.LedgerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      names = "--plan",
      description = "Train nothing; show what would be trained, as a tree, and what it costs here.")
  private boolean planOnly;

  @Option(
      names = "--force",
      description = {
        "Throw away what was trained of these figures' runs, and train them anew.",
        "What other runs share with them goes too, and is trained again when it is needed.",
        "To go on after a stop leave this out, else everything begins anew."
      })
  private boolean force;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    return Signals.interrupting(this::reproduce, this::stopped);
  }

  private int stopped() {
    System.out.println(
        "Stopped; everything is saved. The same command"
            + (force ? " without --force" : "")
            + " goes on from here.");
    return Main.GO_ON_LATER;
  }

  private int reproduce() throws IOException, InterruptedException {
    List<PaperFigure> wanted;
    Parallelism parallelism;
    Experiment experiment;
    seeds = seeds.stream().distinct().toList();
    try {
      wanted = PaperFigure.parse(figures);
      if (seeds.isEmpty()) {
        throw new IllegalArgumentException("--seeds needs at least one seed");
      }
      int runs = runs(wanted, options.profile());
      Integer given = threads == null ? threadsOfRunsThatAreThere() : threads;
      parallelism = Parallelism.of(jobs, given, runs, options.onGpu());
      experiment = options.experiment(options.backend(parallelism.threads()));
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("explr: " + e.getMessage());
      return Main.USAGE;
    }
    System.out.println(experiment.describeEngine() + parallelism.description());
    System.out.println("Data: " + experiment.task(seeds.get(0)).data().name());
    experiment
        .profile()
        .changes()
        .forEach(change -> System.out.println("  differs from the paper: " + change));
    Plan plan = experiment.plan(wanted, seeds);
    Trainer trainer = new Trainer(experiment, options, parallelism);
    if (planOnly) {
      trainer.describe(plan).forEach(System.out::println);
    }
    if (!force) {
      for (Plan.PlannedRun run : plan.runs()) {
        experiment.requireSame(run.curve(), run.seed(), folder(run));
      }
    }
    if (planOnly) {
      return Main.DONE;
    }
    requireWritable(options.folder());
    if (force) {
      experiment.discard(plan);
    }
    trainer.train(plan);
    export(plan, experiment);
    draw(wanted, experiment);
    judge(wanted, experiment);
    return Main.DONE;
  }

  /** Before hours of training, not after. */
  private static void requireWritable(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "writable", null));
    } catch (IOException e) {
      throw new IOException(
          "figures cannot be written to %s (%s); name another folder with --output"
              .formatted(folder, FileFailure.reason(e)),
          e);
    }
  }

  /** Null if there are none. */
  private Integer threadsOfRunsThatAreThere() {
    Backend one = options.backend(1);
    return options.experiment(one).threadsOfRunsThatAreThere(seeds).stream()
        .boxed()
        .findFirst()
        .orElse(null);
  }

  /** The number of different runs. */
  private int runs(List<PaperFigure> wanted, Profile profile) {
    long curves =
        wanted.stream()
            .flatMap(f -> f.curves(profile).stream())
            .map(Curve::name)
            .distinct()
            .count();
    return Math.toIntExact(curves * seeds.size());
  }

  private void export(Plan plan, Experiment experiment) throws IOException {
    for (Plan.PlannedRun run : plan.runs()) {
      experiment.export(run.curve(), run.seed(), folder(run));
    }
    System.out.println("Measurements: " + options.folder().resolve("runs"));
  }

  private Path folder(Plan.PlannedRun run) {
    return options.folder().resolve("runs").resolve(RunFolder.name(run.curve().name(), run.seed()));
  }

  private void draw(List<PaperFigure> figures, Experiment experiment) throws IOException {
    Path folder = options.folder();
    Files.createDirectories(folder);
    Map<Path, Figure> pictures = new LinkedHashMap<>();
    for (PaperFigure wanted : figures) {
      Figure figure = experiment.draw(wanted, seeds.toArray(Long[]::new));
      Path page = Export.html(figure, folder.resolve(wanted.fileName() + ".html"));
      System.out.println("Figure: " + page + "\n  " + figure.caption());
      for (String kind : List.of("png", "svg")) {
        pictures.put(folder.resolve(wanted.fileName() + "." + kind), figure);
      }
    }
    report(Export.pictures(pictures, options.settings().python()));
  }

  /** All claims are written, whichever figures were wanted; theirs are counted. */
  private void judge(List<PaperFigure> wanted, Experiment experiment) throws IOException {
    Ledger ledger = Ledger.of(experiment, seeds);
    System.out.println(
        "Claims: " + LedgerFiles.write(ledger, options.folder()) + ": " + ledger.summary(wanted));
  }

  private static void report(Export.Pictures pictures) {
    if (pictures instanceof Export.Pictures.Written written) {
      written.files().forEach(file -> System.out.println("Figure: " + file));
    } else if (pictures instanceof Export.Pictures.NotWritten missing) {
      System.out.println("No PNG and SVG: " + missing.reason() + "; " + missing.remedy());
    }
  }
}
