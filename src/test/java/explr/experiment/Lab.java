package explr.experiment;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.measurement.Manifest;
import explr.store.Lineage;
import explr.store.ResumableRun;
import explr.store.Store;
import explr.training.Listener;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tech.tablesaw.api.Table;

/**
 * The runs of a profile in a folder, one at a time, for tests.
 *
 * @param recorded a folder of recorded runs
 */
record Lab(Profile profile, Dataset data, Backend backend, Store store, Path recorded) {

  /** Decoded once; that takes a second. */
  private static final Dataset SAMPLE = EmbeddedSample.load();

  /** Plans are slow, because they hash all rates, and many tests use the same ones. */
  private static final Map<List<Object>, Plan> PLANS = new ConcurrentHashMap<>();

  static final Backend MXNET = new Backend(EngineName.MXNET, "cpu", Precision.FLOAT32, 1);

  /** A curve as long as a figure shows it. */
  record Shown(PaperFigure figure, Curve curve) {}

  static Shown shown(PaperFigure figure, Curve curve) {
    return new Shown(figure, curve);
  }

  /** The profile tiny on the embedded sample, with its runs in a folder. */
  static Lab tiny(Path store, EngineName engine) {
    try {
      Path tiny = Path.of(Lab.class.getResource("tiny.json").toURI());
      return new Lab(
          Profile.of(tiny.toString()),
          SAMPLE,
          new Backend(engine, "cpu", Precision.FLOAT32, 1),
          new Store(store),
          Path.of("recorded"));
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  Lab withThreads(int threads) {
    return new Lab(profile, data, backend.withThreads(threads), store, recorded);
  }

  Lab on(Dataset other) {
    return new Lab(profile, other, backend, store, recorded);
  }

  Plan plan(Long... seeds) {
    return PLANS.computeIfAbsent(
        List.of(profile, System.identityHashCode(data), backend, List.of(seeds)),
        key -> Plan.of(profile, data, backend, List.of(seeds)));
  }

  Results results(Long... seeds) {
    return Results.of(plan(seeds), store, recorded);
  }

  PlannedRun planned(Shown run, long seed) {
    return plan(seed).run(run.figure(), run.curve(), seed).orElseThrow();
  }

  Lineage lineage(Shown run, long seed) {
    return planned(run, seed).lineage();
  }

  ResumableRun run(Shown run, long seed) {
    PlannedRun planned = planned(run, seed);
    // A segment of the plan, because other figures decide which states are kept.
    Segment segment =
        plan(seed).only(run.figure()).segments().stream()
            .filter(s -> s.run().curve() == run.curve())
            .findFirst()
            .orElseThrow();
    return new ResumableRun(
        store,
        planned.lineage(),
        segment.kept(),
        Duration.ZERO,
        Optional.empty(),
        Optional.of(planned.label()));
  }

  Table train(Shown run, long seed, Listener listener) throws IOException, InterruptedException {
    return run(run, seed).train(false, listener);
  }

  Optional<Table> measurements(Shown run, long seed) throws IOException {
    return store.measurements(lineage(run, seed));
  }

  void discard(PaperFigure figure) throws IOException {
    new Trainer(store, Duration.ZERO, false, Optional.empty()).discard(plan(0L).only(figure));
  }

  Manifest manifest(Shown run, long seed) {
    return Description.manifest(planned(run, seed), Optional.empty());
  }

  void export(Shown run, long seed, Path folder) throws IOException {
    new RunExport(store, Optional.empty()).write(planned(run, seed), folder, notice -> {});
  }

  void requireSame(Shown run, long seed, Path folder) throws IOException {
    new RunExport(store, Optional.empty()).requireSame(planned(run, seed), folder);
  }
}
