package explr.experiment;

import explr.engine.Backend;
import explr.engine.EngineName;
import explr.machine.GpuFacts;
import explr.measurement.Manifest;
import explr.store.Manifests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What a plan and its runs are, for people and for the manifests of runs. */
public final class Description {

  private Description() {}

  /** Sizes, data, engine, and what differs from the paper, a row each. */
  public static Table of(Plan plan) {
    Profile profile = plan.profile();
    List<String> what = new ArrayList<>(List.of("setting", "data", "engine"));
    List<String> how =
        new ArrayList<>(
            List.of(
                profile.describe(plan.data().name()),
                data(plan),
                compute(plan.backend(), plan.backend().engine().displayName())));
    for (String change : profile.changes()) {
      what.add("differs");
      how.add(change);
    }
    return Table.create(
        "Profile " + profile.name(),
        StringColumn.create("what", what),
        StringColumn.create("how", how));
  }

  private static String data(Plan plan) {
    String name = plan.data().name();
    return plan.canTrain()
        ? name
        : "recorded results only: " + name + " has too few images to train on";
  }

  /**
   * Engine with version, device, threads and number type in one line, and the software of a GPU;
   * loads the engine.
   */
  public static String engine(Backend backend) {
    EngineName engine = backend.engine();
    return compute(backend, engine.displayName() + " " + backend.engineVersion());
  }

  private static String compute(Backend backend, String engine) {
    return compute(
        backend, engine, backend.gpu(), backend.engine().standsInBecause(backend.device()));
  }

  /**
   * Engine, device, threads and number type in one line.
   *
   * @param engine as a reader sees it
   * @param gpu the card and its software, on a GPU
   * @param reason why it stands in for another engine, if it does
   */
  static String compute(
      Backend backend, String engine, Optional<GpuFacts> gpu, Optional<String> reason) {
    return "%s on %s, %s, %s%s"
        .formatted(
            engine,
            backend.describeDevice(gpu),
            backend.describeThreads(),
            backend.precision().label(),
            reason.map(why -> " (" + why + ")").orElse(""));
  }

  /**
   * What decides a run and describes it.
   *
   * @param commit of the sources, if known
   */
  public static Manifest manifest(PlannedRun run, Optional<String> commit) {
    Backend backend = run.task().backend();
    return manifest(run, commit, backend.engine().standsInBecause(backend.device()));
  }

  static Manifest manifest(PlannedRun run, Optional<String> commit, Optional<String> reason) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("curve", run.curve().toString());
    configuration.putAll(run.curve().configuration(run.profile(), run.epochs()));
    return Manifests.of(run.task(), configuration, run.profile().changes(), reason, commit);
  }
}
