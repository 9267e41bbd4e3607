package explr.experiment;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import explr.data.Cifar10;
import explr.data.Dataset;
import explr.data.EmbeddedSample;
import explr.engine.Algorithms;
import explr.engine.Backend;
import explr.engine.EngineName;
import explr.engine.Precision;
import explr.store.Address;
import explr.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A segment with everything that another process needs to train it, as one line of JSON.
 *
 * <p>That process computes only the addresses of this run, not the plan. It refuses to train if
 * they differ from the planned ones, because its data, engine, instruction set or GPU then differ.
 *
 * @param profile the sizes
 * @param curve what drives the run
 * @param epochs length of the run
 * @param seed of the run
 * @param from first period of the segment, counted from 1
 * @param to last period of the segment
 * @param end address of the state after the last period
 * @param kept addresses of the states that the store keeps
 * @param data folder of CIFAR-10; null for the embedded sample
 * @param engine that trains
 * @param device that it trains on
 * @param precision number type
 * @param threads of the engine
 * @param algorithms what chooses a GPU's algorithms
 * @param store folder in which it is trained
 * @param checkpointMillis at most this much work is lost when the process is killed
 * @param steps whether every step is measured too
 * @param commit of the sources; null if unknown
 */
public record SegmentJob(
    Profile profile,
    Curve curve,
    int epochs,
    long seed,
    int from,
    int to,
    String end,
    List<String> kept,
    String data,
    EngineName engine,
    String device,
    Precision precision,
    int threads,
    Algorithms algorithms,
    String store,
    long checkpointMillis,
    boolean steps,
    String commit) {

  private static final Gson GSON = new Gson();

  /**
   * The job of a segment.
   *
   * @param segment of a plan
   * @param trainer that would train it in this process
   * @param data folder of the images; empty for the embedded sample
   */
  public static SegmentJob of(Segment segment, Trainer trainer, Optional<Path> data) {
    PlannedRun run = segment.run();
    Backend backend = run.task().backend();
    return new SegmentJob(
        run.profile(),
        run.curve(),
        run.epochs(),
        run.seed(),
        segment.from(),
        segment.to(),
        run.lineage().at(segment.to()).hex(),
        segment.kept().stream().map(Address::hex).sorted().toList(),
        data.map(folder -> folder.toAbsolutePath().toString()).orElse(null),
        backend.engine(),
        backend.device(),
        backend.precision(),
        backend.threads(),
        backend.algorithms(),
        trainer.store().folder().toAbsolutePath().toString(),
        trainer.checkpointEvery().toMillis(),
        trainer.steps(),
        trainer.commit().orElse(null));
  }

  /** One line of JSON. */
  public String toJson() {
    return GSON.toJson(this);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static SegmentJob parse(String json) {
    try {
      SegmentJob job = GSON.fromJson(json, SegmentJob.class);
      if (job != null) {
        return job;
      }
      throw new IllegalArgumentException("the job of a segment is missing");
    } catch (JsonParseException e) {
      throw new IllegalArgumentException("not the job of a segment: " + e.getMessage(), e);
    }
  }

  /**
   * The segment on this machine; reads the images.
   *
   * @throws IllegalStateException if training here would give other bits than planned
   */
  public Segment segment() {
    Dataset images = data == null ? EmbeddedSample.load() : Cifar10.read(Path.of(data));
    Backend backend = new Backend(engine, device, precision, threads, algorithms);
    PlannedRun run =
        PlannedRun.of(profile, curve, epochs, profile.task(images, backend).withSeed(seed));
    Address here = run.lineage().at(to);
    if (!here.hex().equals(end)) {
      throw new IllegalStateException(
          "%s would be another run here (%s) than planned (%s): the images, the engine's version, the processor's instruction set or the GPU and its software differ from those of the process that planned it"
              .formatted(run.title(), here, new Address(end)));
    }
    Set<Address> keep = kept.stream().map(Address::new).collect(Collectors.toSet());
    return new Segment(run, from, to, OptionalInt.empty(), List.of(curve), keep);
  }

  /** The trainer of the segment on this machine. */
  public Trainer trainer() {
    return new Trainer(
        new Store(Path.of(store)),
        Duration.ofMillis(checkpointMillis),
        steps,
        Optional.ofNullable(commit));
  }
}
