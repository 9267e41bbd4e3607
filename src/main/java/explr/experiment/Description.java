package explr.experiment;

import explr.engine.Backend;
import explr.engine.EngineName;
import explr.measurement.Manifest;
import explr.store.Manifests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What an experiment is, for people and for the manifests of its runs.
 *
 * @param experiment that is described
 * @param engineReason why its engine stands in for another, if it does
 */
record Description(Experiment experiment, Optional<String> engineReason) {

  /** Of an experiment on the engine that this machine has. */
  Description(Experiment experiment) {
    this(experiment, experiment.backend().engine().standsInBecause());
  }

  /** Sizes, data, engine, and what differs from the paper. */
  Table table() {
    Profile profile = experiment.profile();
    List<String> what = new ArrayList<>(List.of("setting", "data", "engine"));
    List<String> how =
        new ArrayList<>(
            List.of(
                profile.describe(experiment.dataName()),
                data(),
                compute(experiment.backend().engine().displayName())));
    for (String change : profile.changes()) {
      what.add("differs");
      how.add(change);
    }
    return Table.create(
        "Profile " + profile.name(),
        StringColumn.create("what", what),
        StringColumn.create("how", how));
  }

  private String data() {
    String name = experiment.dataName();
    return experiment.canTrain()
        ? name
        : "recorded results only: " + name + " has too few images to train on";
  }

  /** Engine with version, device, threads and number type in one line; loads the engine. */
  String engine() {
    Backend backend = experiment.backend();
    EngineName engine = backend.engine();
    return compute(engine.displayName() + " " + backend.engineVersion());
  }

  /** The same of an engine as it is called. */
  String compute(String engine) {
    Backend backend = experiment.backend();
    return "%s on %s, %s, %s%s"
        .formatted(
            engine,
            backend.device(),
            backend.describeThreads(),
            backend.precision().name().toLowerCase(Locale.ROOT),
            engineReason.map(why -> " (" + why + ")").orElse(""));
  }

  /** What decides a run and describes it. */
  Manifest manifest(Curve curve, long seed) {
    Map<String, Object> configuration = new LinkedHashMap<>();
    configuration.put("curve", curve.name());
    configuration.putAll(curve.configuration());
    return Manifests.of(
        experiment.task(seed),
        configuration,
        experiment.profile().changes(),
        engineReason,
        experiment.commit());
  }
}
