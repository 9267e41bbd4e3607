package explr.measurement;

import explr.file.AtomicFile;
import explr.machine.GpuFacts;
import explr.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What decides a run and what describes it, as JSON next to its measurements.
 *
 * <p>Configuration, seed, compute and data decide the numbers: {@link #differences} compares these.
 * Provenance and the list of changes only describe.
 *
 * @param configuration text, booleans, numbers, lists and maps; whole numbers are kept as long
 * @param seed from which all randomness of the run comes
 * @param compute what computes
 * @param data what was trained on
 * @param changes what differs from the paper's settings and what that does, a sentence each
 * @param provenance where and when
 */
public record Manifest(
    Map<String, Object> configuration,
    long seed,
    Compute compute,
    Data data,
    List<String> changes,
    Provenance provenance) {

  /** The key of whether a run's range was guarded, which is recorded and changes no number. */
  public static final String RANGE_GUARD = "range_guard";

  /**
   * What computes.
   *
   * @param engine such as MXNet
   * @param device such as cpu or gpu:0
   * @param threads of the engine
   * @param numberType such as float32
   * @param engineVersion of its native library; "" in older manifests without it
   * @param instructionSet {@link Machine#instructionSet}; "" in older manifests without it
   * @param gpu the card, if it computes
   */
  public record Compute(
      String engine,
      String device,
      int threads,
      String numberType,
      String engineVersion,
      String instructionSet,
      Optional<Gpu> gpu) {

    /** Computation on a CPU. */
    public Compute(
        String engine,
        String device,
        int threads,
        String numberType,
        String engineVersion,
        String instructionSet) {
      this(engine, device, threads, numberType, engineVersion, instructionSet, Optional.empty());
    }
  }

  /**
   * The GPU that computes.
   *
   * @param card with its software
   * @param algorithms deterministic or fast
   */
  public record Gpu(GpuFacts card, String algorithms) {}

  /**
   * What was trained on.
   *
   * @param name for the reader
   * @param checksum of all images and labels
   */
  public record Data(String name, String checksum) {}

  /**
   * Where and when.
   *
   * @param versions by name: explr, java, djl, the engine
   * @param engineReason why the engine is not the one that is preferred, where it is not
   * @param commit of the sources, if known
   * @param machine the computer
   * @param started when training began
   * @param finished when it was done, empty until then
   */
  public record Provenance(
      Map<String, String> versions,
      Optional<String> engineReason,
      Optional<String> commit,
      Machine machine,
      Instant started,
      Optional<Instant> finished) {

    /** Keeps the versions in their order. */
    public Provenance {
      versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }
  }

  /**
   * A setting in which two runs differ.
   *
   * @param key such as {@code configuration.recipe.momentum}
   * @param here its value in the manifest that was asked, empty if it has none
   * @param there its value in the other
   */
  public record Difference(String key, Optional<Object> here, Optional<Object> there) {
    @Override
    public String toString() {
      return key + ": " + shown(here) + " here, " + shown(there) + " there";
    }

    private static String shown(Optional<Object> value) {
      return value.map(Object::toString).orElse("nothing");
    }
  }

  /** Copies, so that what was recorded stays so. */
  public Manifest {
    configuration = Configuration.copyOf(configuration);
    changes = List.copyOf(changes);
  }

  /** The settings that decide the numbers and are not the same, in the order of this manifest. */
  public List<Difference> differences(Manifest other) {
    Map<String, Object> here = deciding();
    Map<String, Object> there = other.deciding();
    Set<String> keys = new LinkedHashSet<>(here.keySet());
    keys.addAll(there.keySet());
    List<Difference> differences = new ArrayList<>();
    for (String key : keys) {
      Optional<Object> mine = Optional.ofNullable(here.get(key));
      Optional<Object> theirs = Optional.ofNullable(there.get(key));
      if (!mine.equals(theirs)) {
        differences.add(new Difference(key, mine, theirs));
      }
    }
    return List.copyOf(differences);
  }

  /**
   * The same manifest of a run that was trained earlier.
   *
   * @param started when training began
   * @param finished when it was done; empty if it is not
   * @param commit of the sources it was trained by, if known
   */
  public Manifest trained(Instant started, Optional<Instant> finished, Optional<String> commit) {
    Provenance then =
        new Provenance(
            provenance.versions,
            provenance.engineReason,
            commit,
            provenance.machine,
            started,
            finished);
    return new Manifest(configuration, seed, compute, data, changes, then);
  }

  /**
   * The same manifest of a run that was trained in stretches, by whoever.
   *
   * @param stretches in the order of the run; of a run that was killed just before it wrote down
   *     how long it took there may be none, and then this manifest says when
   * @param done whether the last of them ends the run
   */
  public Manifest trained(List<Timing> stretches, boolean done) {
    if (stretches.isEmpty()) {
      return this;
    }
    Instant ended = Instant.parse(stretches.get(stretches.size() - 1).ended());
    String commits =
        stretches.stream()
            .map(Timing::commit)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining(", "));
    return trained(
        stretches.get(0).began(),
        done ? Optional.of(ended) : Optional.empty(),
        Optional.of(commits).filter(text -> !text.isEmpty()));
  }

  /** The same manifest with another configuration. */
  public Manifest withConfiguration(Map<String, Object> other) {
    return new Manifest(other, seed, compute, data, changes, provenance);
  }

  /** As indented JSON. */
  public String toJson() {
    return ManifestJson.write(this);
  }

  /** Writes the JSON to a file, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, toJson());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it cannot be read or is no manifest
   */
  public static Manifest read(Path file) throws IOException {
    try {
      return ManifestJson.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " is no manifest of a run: " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> deciding(Gpu gpu) {
    Map<String, Object> deciding = new LinkedHashMap<>();
    deciding.put("GPU", gpu.card.name());
    deciding.put("driver", gpu.card.driver());
    deciding.put("CUDA", gpu.card.cuda());
    deciding.put("cuDNN", gpu.card.cudnn());
    deciding.put("algorithms", gpu.algorithms);
    return deciding;
  }

  private Map<String, Object> deciding() {
    Map<String, Object> deciding = new LinkedHashMap<>();
    Configuration.leaves(configuration)
        .forEach((key, value) -> deciding.put("configuration." + key, value));
    deciding.remove("configuration." + RANGE_GUARD);
    deciding.put("seed", seed);
    deciding.put("engine", compute.engine);
    deciding.put("device", compute.device);
    deciding.put("threads", compute.threads);
    deciding.put("number type", compute.numberType);
    deciding.put("engine version", compute.engineVersion);
    deciding.put("instruction set", compute.instructionSet);
    compute.gpu.ifPresent(gpu -> deciding.putAll(deciding(gpu)));
    deciding.put("data checksum", data.checksum);
    return deciding;
  }
}
