package explr.cli;

import explr.data.Dataset;
import explr.engine.Backend;
import explr.experiment.Description;
import explr.experiment.PaperFigure;
import explr.experiment.Plan;
import explr.experiment.PlannedRun;
import explr.experiment.Profile;
import explr.experiment.Results;
import explr.experiment.RunExport;
import explr.experiment.Settings;
import explr.experiment.Trainer;
import explr.file.AtomicFile;
import explr.file.FileFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
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
      "Interrupted or killed, the same command continues from where it stopped."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed; the message says why, and what was measured is kept",
      "2:the command line was not understood",
      "75:stopped by a signal; the same command continues"
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
          "Threads of each run. Default: those of existing runs, else processors divided by jobs.")
  private Integer threads;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = {
        "Runs trained at the same time, on a CPU each in a separate process.",
        "Default: as many as the figures have runs, at most one per processor, because two runs of one",
        "thread train more images per second than one run of two threads. On a GPU up",
        "to four, where they fit into its memory."
      })
  private Integer jobs;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "N",
      defaultValue = "0",
      converter = SeedRange.Converter.class,
      description =
          "Seeds and ranges such as 0-9, separated by commas; each seed trains one run of every"
              + " curve.")
  private List<SeedRange> seedRanges;

  private List<Long> seeds;

  @Option(
      names = "--plan",
      description = "Train nothing; show what would be trained, as a tree, and what it costs here.")
  private boolean planOnly;

  @Option(
      names = "--force",
      description = {
        "Discard what was trained of these figures' runs and train them again from the start.",
        "Periods that other runs share with them are discarded too, and trained again when needed.",
        "To continue after a stop, omit this option."
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
            + " continues from here.");
    return Main.STOPPED;
  }

  /** What the command line asks for, checked. */
  private record Request(
      List<PaperFigure> figures, Settings settings, Plan whole, Parallelism parallelism) {

    Plan plan() {
      return whole.only(figures);
    }
  }

  private int reproduce() throws IOException, InterruptedException {
    Request request;
    try {
      request = request();
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("explr: " + e.getMessage());
      return Main.USAGE;
    }
    Settings settings = request.settings();
    Plan plan = request.plan();
    System.out.println(
        Description.engine(plan.backend())
            + request.parallelism().description()
            + options.placement().description());
    options.notice().ifPresent(System.out::println);
    System.out.println("Data: " + plan.data().name());
    plan.profile()
        .changes()
        .forEach(change -> System.out.println("  differs from the paper: " + change));
    PlanTraining training = new PlanTraining(plan, settings, request.parallelism());
    if (planOnly) {
      PlanTree.lines(training, request.parallelism()).forEach(System.out::println);
    }
    Path folder = options.folder(settings);
    Path runs = folder.resolve("runs");
    RunExport export = new RunExport(settings.store(), settings.commit());
    if (!force) {
      for (PlannedRun run : plan.runs()) {
        export.requireSame(run, runs.resolve(run.folderName()));
      }
    }
    if (planOnly) {
      return Main.DONE;
    }
    requireWritable(folder);
    if (force) {
      Trainer.of(settings).discard(plan);
    }
    training.train();
    for (PlannedRun run : plan.runs()) {
      export.write(run, runs.resolve(run.folderName()), System.out::println);
    }
    System.out.println("Measurements: " + runs);
    Results results = Results.trained(request.whole(), settings.store());
    new Outputs(folder, settings.python()).write(request.figures(), results, seeds);
    return Main.DONE;
  }

  private Request request() throws IOException {
    List<PaperFigure> wanted = PaperFigure.parse(figures);
    seeds = SeedRange.seeds(seedRanges);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("--seeds needs at least one seed");
    }
    Settings settings = options.settings();
    Profile profile = settings.profile();
    Parallelism.requireValid(jobs, threads);
    settings = options.fetched(settings);
    Dataset images = settings.images();
    Integer count = threads == null ? existingThreads(settings, profile, images) : threads;
    Parallelism parallelism =
        Parallelism.of(jobs, count, runs(wanted), fitting(profile, settings.backend()));
    Plan whole =
        Plan.of(profile, images, settings.backend().withThreads(parallelism.threads()), seeds);
    return new Request(wanted, settings, whole, parallelism);
  }

  private static OptionalInt fitting(Profile profile, Backend backend) {
    OptionalLong memory = backend.gpuMemory();
    return memory.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(Parallelism.fitting(profile, memory.getAsLong()));
  }

  /** Null if no run was begun. */
  private Integer existingThreads(Settings settings, Profile profile, Dataset images)
      throws IOException {
    return Plan.existingThreads(settings.store(), profile, images, settings.backend(), seeds)
        .stream()
        .boxed()
        .findFirst()
        .orElse(null);
  }

  /** The number of different runs. */
  private int runs(List<PaperFigure> wanted) {
    long curves = wanted.stream().flatMap(figure -> figure.curves().stream()).distinct().count();
    return Math.toIntExact(curves * seeds.size());
  }

  /** Before hours of training, not after. */
  private static void requireWritable(Path folder) throws IOException {
    try {
      AtomicFile.requireWritable(folder);
    } catch (IOException e) {
      throw new IOException(
          "figures cannot be written to %s (%s); name another folder with --output"
              .formatted(folder, FileFailure.reason(e)),
          e);
    }
  }
}
