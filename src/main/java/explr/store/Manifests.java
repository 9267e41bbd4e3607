package explr.store;

import ai.djl.engine.Engine;
import explr.data.Normalization;
import explr.engine.Backend;
import explr.machine.Machine;
import explr.measurement.Manifest;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.training.Probe;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes manifests: what decides the numbers of a task, and what computes them. */
public final class Manifests {

  private Manifests() {}

  /**
   * A manifest of a computation that begins now.
   *
   * @param task the network, its data and where it runs
   * @param configuration other values that decide the numbers
   * @param changes differences from the paper
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
    Map<String, Object> deciding = new LinkedHashMap<>(configuration(task));
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
            backend.precision().label(),
            backend.engine().libraryVersion(),
            Machine.instructionSet(),
            backend.gpu().map(card -> new Manifest.Gpu(card, backend.algorithms().label()))),
        images(task),
        changes,
        new Manifest.Provenance(
            versions, engineReason, commit, Machine.here(), Instant.now(), Optional.empty()));
  }

  /**
   * Reads a manifest of this version, or an earlier one converted to this version.
   *
   * @throws java.io.IOException if it cannot be read or is no manifest
   */
  public static Manifest read(Path file) throws IOException {
    return EarlierManifest.upgraded(Manifest.read(file));
  }

  /** Identifies the images that a task trains on. */
  public static Manifest.Data images(Task task) {
    return new Manifest.Data(task.data().name(), task.data().checksum());
  }

  private static Map<String, Object> configuration(Task task) {
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("numerics", (long) Numerics.VERSION);
    deciding.putAll(
        configuration(task.architecture(), task.batchSize(), task.epsilon(), task.probe()));
    deciding.put(Manifest.RANGE_GUARD, guarded(task));
    // Named only where they differ from most runs.
    task.backend().blasKernels().ifPresent(kernels -> deciding.put("blas_kernels", kernels));
    Normalization normalization = task.data().normalization();
    if (!normalization.equals(Normalization.CIFAR10)) {
      deciding.put("normalization", Identity.normalization(normalization));
    }
    return deciding;
  }

  /**
   * The part of a task's configuration that depends neither on its images nor on what computes it.
   */
  public static Map<String, Object> configuration(
      Architecture architecture, int batchSize, double epsilon, Probe probe) {
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("architecture", architecture.name());
    deciding.put("architecture_graph", Identity.networkDigest(architecture));
    deciding.put("batch_size", (long) batchSize);
    deciding.put("epsilon", epsilon);
    deciding.put("watched", probe.watched());
    deciding.put("measurements_per_epoch", (long) probe.perEpoch());
    return deciding;
  }

  private static boolean guarded(Task task) {
    return task.guarded() && Homogeneity.of(task.architecture()).scaleInvariant();
  }

  private static String version() {
    return Optional.ofNullable(Manifests.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
