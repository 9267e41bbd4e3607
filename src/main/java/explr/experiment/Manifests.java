package explr.experiment;

import ai.djl.engine.Engine;
import explr.engine.Backend;
import explr.measurement.Machine;
import explr.measurement.Manifest;
import explr.network.Homogeneity;
import explr.training.Task;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The record of what decides the numbers of a task, and of where they are computed. */
public final class Manifests {

  private Manifests() {}

  /**
   * A manifest of something that begins now.
   *
   * @param task the network, its data and where it runs
   * @param configuration what decides the numbers beside it
   * @param changes what differs from the paper
   * @param engineReason why this engine stands in for MXNet, if it does
   * @param commit of the sources, if known
   */
  public static Manifest of(
      Task task,
      Map<String, Object> configuration,
      List<String> changes,
      Optional<String> engineReason,
      Optional<String> commit) {
    Backend backend = task.backend();
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("architecture", task.architecture().name());
    deciding.put("batch_size", (long) task.batchSize());
    deciding.put("epsilon", task.epsilon());
    deciding.put(Manifest.RANGE_GUARD, guarded(task));
    deciding.put("watched", task.watched());
    deciding.putAll(configuration);
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("explr", version());
    versions.put("java", System.getProperty("java.version"));
    versions.put("djl", Engine.getDjlVersion());
    versions.put(backend.engine().displayName(), backend.engineVersion());
    return new Manifest(
        deciding,
        task.seed(),
        new Manifest.Compute(
            backend.engine().displayName(),
            backend.device(),
            backend.threads(),
            backend.precision().name().toLowerCase(Locale.ROOT)),
        new Manifest.Data(task.data().name(), task.data().checksum()),
        changes,
        new Manifest.Provenance(
            versions, engineReason, commit, Machine.here(), Instant.now(), Optional.empty()));
  }

  private static boolean guarded(Task task) {
    return task.guarded() && Homogeneity.of(task.architecture()).scaleInvariant();
  }

  private static String version() {
    return Optional.ofNullable(Manifests.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
