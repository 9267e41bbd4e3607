package explr.experiment;

import explr.data.Dataset;
import explr.engine.Backend;
import explr.store.Address;
import explr.store.Store;
import explr.training.Task;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The runs behind the paper's figures at the sizes of a profile, and the tree of segments that
 * trains each shared period once.
 *
 * <p>{@link #of} computes the addresses of all runs of all figures once. {@link #only} and {@link
 * #without} restrict what is to be trained; what the store keeps for other figures stays the same.
 */
public final class Plan {

  /** A curve over so many epochs with a seed: figures may show a curve over different lengths. */
  private record Key(Curve curve, int epochs, long seed) {}

  private final Profile profile;
  private final Dataset data;
  private final Backend backend;
  private final List<Long> seeds;
  private final Map<Key, PlannedRun> known;
  private final Set<Address> forks;
  private final List<PlannedRun> runs;
  private final List<Segment> segments;
  private final long shown;

  /** The plan of some runs; all figures' runs of these seeds are known. */
  private Plan(
      Profile profile,
      Dataset data,
      Backend backend,
      List<Long> seeds,
      Map<Key, PlannedRun> known) {
    this.profile = profile;
    this.data = data;
    this.backend = backend;
    this.seeds = List.copyOf(seeds);
    this.known = known;
    this.forks = Segments.forks(known.values());
    this.runs = List.of();
    this.segments = List.of();
    this.shown = 0;
  }

  /** The same plan for other runs. */
  private Plan(Plan whole, Collection<PlannedRun> runs, long shown) {
    this.profile = whole.profile;
    this.data = whole.data;
    this.backend = whole.backend;
    this.seeds = whole.seeds;
    this.known = whole.known;
    this.forks = whole.forks;
    this.runs = List.copyOf(runs);
    this.segments = Segments.of(this.runs, forks);
    this.shown = shown;
  }

  /**
   * The plan of all figures.
   *
   * @param data at least as many images as the profile has
   * @param backend where runs are trained
   * @param seeds a run of each curve for each of them
   * @throws IllegalArgumentException if the data have too few images
   */
  public static Plan of(Profile profile, Dataset data, Backend backend, List<Long> seeds) {
    Task task = profile.task(data, backend);
    Map<Key, PlannedRun> known = new LinkedHashMap<>();
    for (long seed : seeds) {
      for (PaperFigure figure : PaperFigure.values()) {
        int epochs = figure.epochs(profile);
        for (Curve curve : figure.curves()) {
          known.computeIfAbsent(
              new Key(curve, epochs, seed),
              key -> PlannedRun.of(profile, curve, epochs, task.withSeed(seed)));
        }
      }
    }
    return new Plan(profile, task.data(), backend, seeds, known).only(PaperFigure.values());
  }

  /**
   * The plan that settings describe: on the number of threads with which runs of these seeds were
   * begun, which decides bits, else on all processors. Where the images are too few for the
   * profile, nothing can be trained: the plan has no runs, and recorded ones can still be shown.
   *
   * @param seeds a run of each curve for each of them
   */
  public static Plan of(Settings settings, Long... seeds) throws IOException {
    Profile profile = settings.profile();
    Dataset data = settings.images();
    Backend backend = settings.backend();
    if (!profile.fits(data)) {
      return new Plan(profile, data, backend, List.of(seeds), Map.of());
    }
    int threads =
        existingThreads(settings.store(), profile, data, backend, List.of(seeds))
            .orElse(backend.threads());
    return of(profile, data, backend.withThreads(threads), List.of(seeds));
  }

  /**
   * The number of threads with which runs of a profile were begun in a store; of several numbers
   * the smallest.
   *
   * @param backend whose own number of threads does not matter
   * @param seeds of the runs
   */
  public static OptionalInt existingThreads(
      Store store, Profile profile, Dataset data, Backend backend, List<Long> seeds)
      throws IOException {
    Task task = profile.task(data, backend);
    OptionalInt least = OptionalInt.empty();
    for (long seed : seeds) {
      OptionalInt threads = store.existingThreadCounts(task.withSeed(seed)).min();
      if (threads.isPresent() && (least.isEmpty() || threads.getAsInt() < least.getAsInt())) {
        least = threads;
      }
    }
    return least;
  }

  /** The part of the plan that some figures need. */
  public Plan only(PaperFigure... figures) {
    return only(List.of(figures));
  }

  /** The part of the plan that some figures need: of each curve as much as they show. */
  public Plan only(List<PaperFigure> figures) {
    Map<List<Object>, PlannedRun> longest = new LinkedHashMap<>();
    long shown = 0;
    for (long seed : seeds) {
      for (PaperFigure figure : figures) {
        for (Curve curve : figure.curves()) {
          PlannedRun run = required(figure, curve, seed);
          shown += run.lineage().length();
          longest.merge(
              curve.prefixOfLonger() ? List.of(curve, seed) : List.of(curve, seed, run.epochs()),
              run,
              (a, b) -> a.epochs() >= b.epochs() ? a : b);
        }
      }
    }
    return new Plan(this, longest.values(), shown);
  }

  /** The plan less some of its runs. */
  public Plan without(Predicate<PlannedRun> unwanted) {
    List<PlannedRun> left = runs.stream().filter(unwanted.negate()).toList();
    return new Plan(this, left, shown);
  }

  /** The sizes. */
  public Profile profile() {
    return profile;
  }

  /** The runs to be trained; of a curve that figures show over several lengths the longest. */
  public List<PlannedRun> runs() {
    return runs;
  }

  /** The segments of these runs, each after its parent. */
  public List<Segment> segments() {
    return segments;
  }

  /** The number of periods of all curves of the figures, as if nothing were shared. */
  public long shown() {
    return shown;
  }

  /** The number of periods to be trained, done or not. */
  public long periods() {
    return segments.stream().mapToLong(Segment::periods).sum();
  }

  /** A curve as long as a figure shows it; empty where the plan has no such seed, or no runs. */
  public Optional<PlannedRun> run(PaperFigure figure, Curve curve, long seed) {
    return Optional.ofNullable(known.get(new Key(curve, figure.epochs(profile), seed)));
  }

  private PlannedRun required(PaperFigure figure, Curve curve, long seed) {
    return run(figure, curve, seed)
        .orElseThrow(() -> new IllegalArgumentException(profile.tooFew(data)));
  }

  /** The seeds. */
  public List<Long> seeds() {
    return seeds;
  }

  /** What the runs train, with seed 0. */
  public Task task() {
    return profile.task(data, backend);
  }

  /** Whether the images are enough to train the profile. */
  public boolean canTrain() {
    return profile.fits(data);
  }

  /** The images: those that runs are trained on, or all of them where they are too few. */
  public Dataset data() {
    return data;
  }

  /** Where runs are trained. */
  public Backend backend() {
    return backend;
  }
}
