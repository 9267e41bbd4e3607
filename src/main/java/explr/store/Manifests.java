package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import ai.djl.engine.Engine;
import explr.data.Normalization;
import explr.engine.Backend;
import explr.file.Digests;
import explr.machine.Machine;
import explr.measurement.Manifest;
import explr.network.Architecture;
import explr.network.Homogeneity;
import explr.training.Probe;
import explr.training.Task;
import java.time.Instant;
import java.util.HexFormat;
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
    Map<String, Object> deciding = new LinkedHashMap<>(configuration(task));
    deciding.putAll(configuration);
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("explr", version());
    versions.put("java", System.getProperty("java.version"));
    versions.put("djl", Engine.getDjlVersion());
    versions.put(backend.engine().displayName(), backend.engineVersion());
    return manifest(
        task,
        deciding,
        changes,
        new Manifest.Provenance(
            versions, engineReason, commit, Machine.here(), Instant.now(), Optional.empty()));
  }

  /** The identity of a task that is driven by nothing yet; starts no engine. */
  static String identity(Task task) {
    return deciding(task).identity();
  }

  /** What decides the numbers of a task that is driven by nothing yet, without where and when. */
  static Manifest deciding(Task task) {
    Manifest.Provenance none =
        new Manifest.Provenance(
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Machine.here(),
            Instant.EPOCH,
            Optional.empty());
    return manifest(task, configuration(task), List.of(), none);
  }

  private static Manifest manifest(
      Task task,
      Map<String, Object> configuration,
      List<String> changes,
      Manifest.Provenance provenance) {
    Backend backend = task.backend();
    return new Manifest(
        configuration,
        task.seed(),
        new Manifest.Compute(
            backend.engine().displayName(),
            backend.device(),
            backend.threads(),
            backend.precision().name().toLowerCase(Locale.ROOT),
            backend.engine().libraryVersion(),
            Machine.instructionSet()),
        images(task),
        changes,
        provenance);
  }

  /** What identifies the images that a task trains on. */
  public static Manifest.Data images(Task task) {
    return new Manifest.Data(task.data().name(), task.data().checksum());
  }

  private static Map<String, Object> configuration(Task task) {
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("numerics", (long) Numerics.VERSION);
    deciding.putAll(
        configuration(task.architecture(), task.batchSize(), task.epsilon(), task.probe()));
    deciding.put(Manifest.RANGE_GUARD, guarded(task));
    // Named only where they are not what most runs have, whose addresses know nothing of them.
    task.backend().blasKernels().ifPresent(kernels -> deciding.put("blas_kernels", kernels));
    Normalization normalization = task.data().normalization();
    if (!normalization.equals(Normalization.CIFAR10)) {
      deciding.put("normalization", normalization.toString());
    }
    return deciding;
  }

  /**
   * What of a task's configuration can be told without its images, and is the same whatever
   * computes it.
   */
  public static Map<String, Object> configuration(
      Architecture architecture, int batchSize, double epsilon, Probe probe) {
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("architecture", architecture.name());
    deciding.put("architecture_graph", graph(architecture));
    deciding.put("batch_size", (long) batchSize);
    deciding.put("epsilon", epsilon);
    deciding.put("watched", probe.watched());
    deciding.put("measurements_per_epoch", (long) probe.perEpoch());
    return deciding;
  }

  /** A digest of every layer and edge, in the words of the runs that were recorded first. */
  private static String graph(Architecture architecture) {
    byte[] text = architecture.nodes().toString().replace(", layer=", ", module=").getBytes(UTF_8);
    return HexFormat.of().formatHex(Digests.of("SHA-256").digest(text), 0, 8);
  }

  private static boolean guarded(Task task) {
    return task.guarded() && Homogeneity.of(task.architecture()).scaleInvariant();
  }

  private static String version() {
    return Optional.ofNullable(Manifests.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
