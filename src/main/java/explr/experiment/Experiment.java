package explr.experiment;

import explr.data.Dataset;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.figure.Figure;
import explr.measurement.Manifest;
import explr.training.Epoch;
import explr.training.Listener;
import explr.training.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Curves of a profile, trained on some data somewhere, with their runs in one folder.
 *
 * @param profile the sizes
 * @param data what the runs are trained on; its first images, as many as the profile says
 * @param backend engine, device, number type, threads
 * @param folder where the runs lie, one folder each
 * @param checkpointEvery at most this much work is lost when the process is killed
 * @param commit of the sources, if known, for the manifests
 */
public record Experiment(
    Profile profile,
    Dataset data,
    Backend backend,
    Path folder,
    Duration checkpointEvery,
    Optional<String> commit) {

  /** Between checkpoints, unless a user says otherwise. */
  public static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(30);

  /** An experiment with its runs in a folder, and the defaults for the rest. */
  public static Experiment of(Profile profile, Dataset data, Path folder) {
    return new Experiment(
        profile, data, Backend.auto(), folder, CHECKPOINT_EVERY, Optional.empty());
  }

  /**
   * The experiment that variables describe, as {@link Settings} reads them.
   *
   * @param variables for example {@code System.getenv()}
   */
  public static Experiment from(Map<String, String> variables) {
    Settings settings = Settings.of(variables);
    Profile profile = Profile.of(settings.profile());
    Path runs = settings.results(profile).resolve("runs");
    Backend auto = Backend.auto();
    return new Experiment(
        profile,
        settings.data(null),
        auto.withThreads(threadsOfRunsIn(runs).orElse(auto.threads())),
        runs,
        CHECKPOINT_EVERY,
        settings.commit());
  }

  /**
   * The number of threads of the runs that a folder holds, if it holds any: threads decide the bits
   * of a run, so who goes on with it, or adds to it, takes the same.
   */
  public static OptionalInt threadsOfRunsIn(Path runs) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(runs)) {
      for (Path run : folders) {
        Optional<Manifest> manifest = new RunFolder(run, CHECKPOINT_EVERY).manifest();
        if (manifest.isPresent()) {
          return OptionalInt.of(manifest.get().compute().threads());
        }
      }
    } catch (IOException unreadable) {
      // Training in it will say so.
      return OptionalInt.empty();
    }
    return OptionalInt.empty();
  }

  /** The folder of a run. */
  public RunFolder run(Curve curve, long seed) {
    return new RunFolder(folder.resolve(curve.name() + "-seed-" + seed), checkpointEvery);
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

  /** The setting as a table: sizes, data, engine, and what differs from the paper. */
  public Table describe() {
    List<String> what = new ArrayList<>(List.of("setting", "data", "engine"));
    Dataset used = task(0).data();
    List<String> how =
        new ArrayList<>(
            List.of(
                profile.describe(used),
                used.name(),
                describe(backend.engine().displayName(), backend.engine().standsInBecause())));
    for (String change : profile.changes()) {
      what.add("differs");
      how.add(change);
    }
    return Table.create(
        "Profile " + profile.name(),
        StringColumn.create("what", what),
        StringColumn.create("how", how));
  }

  /** What trains, in one line, with the engine's version, for which the engine is loaded. */
  public String describeEngine() {
    EngineName engine = backend.engine();
    return describe(engine.displayName() + " " + backend.engineVersion(), engine.standsInBecause());
  }

  String describe(String engine, Optional<String> reason) {
    return "%s on %s, %s, %s%s"
        .formatted(
            engine,
            backend.device(),
            backend.describeThreads(),
            backend.precision().name().toLowerCase(Locale.ROOT),
            reason.map(why -> " (" + why + ")").orElse(""));
  }

  /** The per-epoch measurements of a run so far; no table if it has none yet. */
  public Optional<Table> measurements(Curve curve, long seed) throws IOException {
    return run(curve, seed).measurements();
  }

  /** Draws a figure from what its runs have measured so far. */
  public Figure draw(PaperFigure figure, Long... seeds) {
    Map<String, List<Table>> tables = new LinkedHashMap<>();
    for (Curve curve : figure.curves(profile)) {
      tables.put(curve.name(), measurements(curve, List.of(seeds)));
    }
    Task task = task(seeds[0]);
    return figure.draw(tables, task.watched().get(0), profile.describe(task.data()));
  }

  /** How well the two kinds of run of Figure 1 agree over some seeds, whose runs are done. */
  public List<Agreement> agreement(List<Long> seeds) {
    return Agreement.of(
        measurements(curve(PaperFigure.FIGURE_1, "exponential"), seeds),
        measurements(curve(PaperFigure.FIGURE_1, "weight-decay"), seeds),
        task(seeds.get(0)).watched().get(0));
  }

  private List<Table> measurements(Curve curve, List<Long> seeds) {
    List<Table> tables = new ArrayList<>();
    for (long seed : seeds) {
      try {
        measurements(curve, seed).ifPresent(tables::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return tables;
  }

  /**
   * Trains the runs of a figure one after the other, each from where an earlier attempt stopped.
   *
   * @param afterEpoch called when there is something new to draw
   */
  public void train(PaperFigure figure, long seed, Runnable afterEpoch)
      throws IOException, InterruptedException {
    for (Curve curve : figure.curves(profile)) {
      train(
          curve,
          seed,
          new Listener() {
            @Override
            public void epoch(Epoch epoch) {
              afterEpoch.run();
            }
          });
    }
  }

  /** Trains a run, or what is left of it, and returns its per-epoch measurements. */
  public Table train(Curve curve, long seed, Listener progress)
      throws IOException, InterruptedException {
    return train(curve, seed, false, progress);
  }

  /** The same, with every step measured too if {@code stepsToo}. */
  public Table train(Curve curve, long seed, boolean stepsToo, Listener progress)
      throws IOException, InterruptedException {
    Task task = task(seed);
    return run(curve, seed).train(task, curve.rates(), manifest(curve, task), stepsToo, progress);
  }

  /**
   * Looks before training whether a run's folder holds another run.
   *
   * @throws IllegalStateException if it does, naming the settings that differ
   */
  public void requireSameConfiguration(Curve curve, long seed) throws IOException {
    run(curve, seed).requireSameConfiguration(manifest(curve, task(seed)));
  }

  /** How fast this experiment's runs go here. */
  public Pace pace() throws InterruptedException {
    return Pace.measure(task(0));
  }

  private Manifest manifest(Curve curve, Task task) {
    return manifest(curve, task, backend.engine().standsInBecause());
  }

  Manifest manifest(Curve curve, Task task, Optional<String> engineReason) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("curve", curve.name());
    configuration.putAll(curve.configuration());
    return Manifests.of(task, configuration, profile.changes(), engineReason, commit);
  }
}
