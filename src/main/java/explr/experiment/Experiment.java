package explr.experiment;

import explr.data.Dataset;
import explr.engine.Backend;
import explr.figure.Figure;
import explr.measurement.Manifest;
import explr.measurement.Timing;
import explr.schedule.First;
import explr.schedule.Rates;
import explr.store.Address;
import explr.store.Lineage;
import explr.store.Store;
import explr.store.StoredRun;
import explr.training.Listener;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * Curves of a profile, trained on some data somewhere, with their runs in a store.
 *
 * @param profile the sizes
 * @param data what the runs are trained on; its first images, as many as the profile says
 * @param backend engine, device, number type, threads
 * @param store where runs lie
 * @param recorded a folder with results that others recorded, which need not exist
 * @param checkpointEvery at most this much work is lost when the process is killed
 * @param commit of the sources, if known, for the manifests
 */
public record Experiment(
    Profile profile,
    Dataset data,
    Backend backend,
    Store store,
    Path recorded,
    Duration checkpointEvery,
    Optional<String> commit) {

  /** Between checkpoints, unless a user says otherwise. */
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  /** An experiment with its runs in a folder, and the defaults for the rest. */
  public static Experiment of(Profile profile, Dataset data, Path folder) {
    return new Experiment(
        profile,
        data,
        Backend.auto(),
        new Store(folder),
        Path.of("recorded"),
        CHECKPOINT_EVERY,
        Optional.empty());
  }

  /**
   * The experiment that variables describe, as {@link Settings} reads them.
   *
   * @param variables for example {@code System.getenv()}
   */
  public static Experiment from(Map<String, String> variables) {
    Settings settings = Settings.of(variables);
    return new Experiment(
            Profile.of(settings.profile()),
            settings.data(null),
            Backend.auto(),
            settings.store(),
            settings.recorded(),
            CHECKPOINT_EVERY,
            settings.commit())
        .onThreadsOfRunsThatAreThere();
  }

  /**
   * What was recorded at some sizes, and nothing that was trained here.
   *
   * @param other the sizes
   */
  public Recorded recordedAt(Profile other) {
    return new Recorded(
        new Experiment(other, data, backend, store, recorded, checkpointEvery, commit));
  }

  /** The same with another number of threads, which decides bits. */
  public Experiment withThreads(int threads) {
    return new Experiment(
        profile, data, backend.withThreads(threads), store, recorded, checkpointEvery, commit);
  }

  /**
   * The same on as many threads as its runs of seed 0, which notebooks show, were begun on, if any
   * was begun: threads decide the bits of a run, so who goes on with it takes the same.
   */
  public Experiment onThreadsOfRunsThatAreThere() {
    OptionalInt threads = threadsOfRunsThatAreThere(List.of(0L));
    return threads.isEmpty() ? this : withThreads(threads.getAsInt());
  }

  /**
   * The number of threads on which runs of this profile and of one of these seeds were begun; of
   * several such numbers the smallest.
   */
  public OptionalInt threadsOfRunsThatAreThere(List<Long> seeds) {
    // All runs go through the first period of one of these two.
    List<Rates> beginnings =
        PaperFigure.FIGURE_1.curves(profile).stream()
            .map(curve -> (Rates) new First(curve.rates(), profile.iterationsPerPeriod()))
            .toList();
    return canTrain()
        ? seeds.stream().flatMapToInt(seed -> store.threads(task(seed), beginnings)).min()
        : OptionalInt.empty();
  }

  /** Whether the data are enough for the profile; recorded results can be drawn without. */
  public boolean canTrain() {
    return data.train().size() >= profile.trainImages()
        && data.test().size() >= profile.testImages();
  }

  /** The name of the images that runs here are trained on, or of all, where they are too few. */
  public String dataName() {
    return canTrain() ? task(0).data().name() : data.name();
  }

  /** What a run of a seed trains. */
  public Task task(long seed) {
    return profile.task(data, backend, seed);
  }

  /** A figure's curve of a name. */
  public Curve curve(PaperFigure figure, String name) {
    List<Curve> curves = figure.curves(profile);
    return curves.stream()
        .filter(curve -> curve.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no curve '%s'; it has %s"
                        .formatted(
                            figure.fileName(), name, curves.stream().map(Curve::name).toList())));
  }

  /** The states that a run passes. */
  public Lineage lineage(Curve curve, long seed) {
    return Lineage.of(task(seed), curve.rates());
  }

  /** A run in the store, done or not. */
  public StoredRun run(Curve curve, long seed) {
    return run(curve, seed, forks(seed));
  }

  private StoredRun run(Curve curve, long seed, Set<Address> forks) {
    return new StoredRun(
        store, lineage(curve, seed), task(seed), curve.rates(), forks, checkpointEvery, commit);
  }

  /** What is to be trained for some figures. */
  public Plan plan(List<PaperFigure> figures, List<Long> seeds) {
    return Plan.of(this, figures, seeds);
  }

  /**
   * Forgets what was trained of a plan's runs.
   *
   * @throws IllegalStateException if one of them is being trained
   */
  public void discard(Plan plan) throws IOException {
    for (Plan.PlannedRun run : plan.runs()) {
      store.discard(run.lineage());
    }
  }

  /** Where the runs of all figures part, whichever of them are wanted now. */
  private Set<Address> forks(long seed) {
    return Plan.of(this, List.of(PaperFigure.values()), List.of(seed)).forks();
  }

  /** The measurements of a run so far; no table if it has none yet. */
  public Optional<Table> measurements(Curve curve, long seed) throws IOException {
    return canTrain() ? store.measurements(lineage(curve, seed)) : Optional.empty();
  }

  /**
   * What is known of a run: its own training once that is done, else a recorded one, else its
   * training so far.
   */
  public Optional<KnownRun> known(Curve curve, long seed) throws IOException {
    return Results.all(this).known(curve, seed);
  }

  /** The measurements of what is {@link #known} of a run. */
  public Optional<Table> results(Curve curve, long seed) throws IOException {
    return known(curve, seed).map(KnownRun::measurements);
  }

  /**
   * The results of a figure's run of which something is known.
   *
   * @throws IllegalStateException if nothing is
   */
  public Table results(PaperFigure figure, String curve, long seed) throws IOException {
    return Results.all(this).of(figure, curve, seed);
  }

  /** Whether what is {@link #known} of a run was recorded elsewhere. */
  public boolean onlyRecorded(Curve curve, long seed) throws IOException {
    return known(curve, seed).filter(KnownRun::recorded).isPresent();
  }

  /** Draws a figure from what is known of its runs. */
  public Figure draw(PaperFigure figure, Long... seeds) {
    return Results.all(this).draw(figure, List.of(seeds));
  }

  /**
   * Sees to it that each curve of a figure can be drawn whole: from a run in the store, else from a
   * recorded one, else it trains, from where an earlier attempt stopped.
   *
   * @param progress hears of the training of each curve that trains
   */
  public void provide(PaperFigure figure, long seed, Function<Curve, Listener> progress)
      throws IOException, InterruptedException {
    for (Curve curve : figure.curves(profile)) {
      if (!onlyRecorded(curve, seed)) {
        train(curve, seed, progress.apply(curve));
      }
    }
  }

  /** Trains a run, or what is left of it, and returns its measurements. */
  public Table train(Curve curve, long seed, Listener progress)
      throws IOException, InterruptedException {
    return run(curve, seed).train(false, progress);
  }

  /** How fast this experiment's runs go here. */
  public Pace pace() throws InterruptedException {
    return Pace.measure(task(0));
  }

  /**
   * Looks before training whether a folder that a run is to be written to holds another run.
   *
   * @throws IllegalStateException if it does, naming the settings that differ
   */
  public void requireSame(Curve curve, long seed, Path folder) throws IOException {
    new RunFolder(folder).requireSame(manifest(curve, seed));
  }

  /** Writes what is done of a run into a folder, for people to read and keep. */
  public void export(Curve curve, long seed, Path folder) throws IOException {
    Lineage lineage = lineage(curve, seed);
    List<Timing> timings = store.timings(lineage);
    int periods = store.periodsDone(lineage);
    if (periods > 0) {
      Manifest manifest = manifest(curve, seed).trained(timings, periods == lineage.length());
      new RunFolder(folder).write(manifest, store.rows(lineage), store.steps(lineage));
    }
  }

  /** The setting as a table: sizes, data, engine, and what differs from the paper. */
  public Table describe() {
    return new Description(this).table();
  }

  /** What trains, in one line, with the engine's version, for which the engine is loaded. */
  public String describeEngine() {
    return new Description(this).engine();
  }

  /** What decides a run and describes it. */
  Manifest manifest(Curve curve, long seed) {
    return new Description(this).manifest(curve, seed);
  }
}
