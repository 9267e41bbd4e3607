package explr.experiment;

import explr.store.DamagedFileException;
import explr.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tech.tablesaw.api.Table;

/**
 * The measurements of a profile's runs: trained here, or recorded elsewhere. Reads; never trains.
 *
 * <p>A complete run of this store comes first, then a complete recorded one, then whatever is
 * measured so far. Each call reads the files as they are then.
 */
public final class Results {

  private final Profile profile;
  private final String data;
  private final List<RunSource> sources;

  private Results(Profile profile, String data, List<RunSource> sources) {
    this.profile = profile;
    this.data = data;
    this.sources = List.copyOf(sources);
  }

  /** The results that settings name: of their store, and recorded. */
  public static Results of(Settings settings, Plan plan) {
    return of(plan, settings.store(), settings.recorded());
  }

  /**
   * The results of a plan.
   *
   * @param store where its runs are trained
   * @param recorded a folder of recorded runs, which need not exist
   */
  public static Results of(Plan plan, Store store, Path recorded) {
    return new Results(
        plan.profile(),
        plan.data().name(),
        List.of(new StoreSource(plan, store), new RecordingSource(plan.profile(), recorded)));
  }

  /** The results of a plan's runs in a store, and no recorded ones. */
  public static Results trained(Plan plan, Store store) {
    return new Results(plan.profile(), plan.data().name(), List.of(new StoreSource(plan, store)));
  }

  /**
   * What was recorded of a profile's runs, whatever was trained here.
   *
   * @param recorded a folder of recorded runs
   */
  public static Results recorded(Profile profile, Path recorded) {
    return new Results(profile, "no images", List.of(new RecordingSource(profile, recorded)));
  }

  /** The sizes. */
  public Profile profile() {
    return profile;
  }

  /** The name of the images of runs that are trained here. */
  public String data() {
    return data;
  }

  /** What is known of a run, at most as long as a figure shows it; empty if nothing is. */
  public Optional<KnownRun> find(PaperFigure figure, Curve curve, long seed) throws IOException {
    long iterations = profile.iterationsPerEpoch().iterations(figure.epochs(profile));
    Optional<KnownRun> first = Optional.empty();
    for (RunSource source : sources) {
      Optional<KnownRun> found = source.find(figure, curve, seed);
      if (found.filter(run -> run.reaches(iterations)).isPresent()) {
        return found;
      }
      first = first.or(() -> found);
    }
    return first;
  }

  /**
   * The measurements of a run, a row a period.
   *
   * @throws IllegalStateException if nothing is known of it
   */
  public Table table(PaperFigure figure, Curve curve, long seed) throws IOException {
    return find(figure, curve, seed)
        .map(KnownRun::measurements)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no results of '%s' of %s at the profile %s with seed %d; train it with environment/reproduce, or let its notebook train it"
                        .formatted(curve, figure.fileName(), profile.name(), seed)));
  }

  /**
   * Whether the result of a run was recorded elsewhere. False for a run that is damaged in the
   * store, because training replaces damaged periods.
   */
  public boolean isRecorded(PaperFigure figure, Curve curve, long seed) {
    return uncheckedly(() -> found(figure, curve, seed)).filter(KnownRun::recorded).isPresent();
  }

  private Optional<KnownRun> found(PaperFigure figure, Curve curve, long seed) throws IOException {
    try {
      return find(figure, curve, seed);
    } catch (DamagedFileException trainedAgain) {
      return Optional.empty();
    }
  }

  /**
   * The part of a figure's plan that must be trained here, because no recording stands for it.
   *
   * @throws IllegalArgumentException if the plan lacks the images to train it
   */
  public Plan missing(Plan plan, PaperFigure figure) {
    boolean allRecorded =
        plan.seeds().stream()
            .allMatch(
                seed ->
                    figure.curves().stream().allMatch(curve -> isRecorded(figure, curve, seed)));
    if (allRecorded) {
      return plan.without(run -> true);
    }
    return plan.only(figure).without(run -> isRecorded(figure, run.curve(), run.seed()));
  }

  /** What a figure draws, of the first seed or of several. */
  public FigureRuns of(PaperFigure figure, Long... seeds) {
    return of(figure, List.of(seeds));
  }

  /** What a figure draws of some seeds. */
  public FigureRuns of(PaperFigure figure, List<Long> seeds) {
    Map<Curve, List<Table>> tables = new EnumMap<>(Curve.class);
    Map<String, List<String>> recordedOn = new LinkedHashMap<>();
    boolean trainedHere = false;
    for (Curve curve : figure.curves()) {
      List<Table> ofCurve = new ArrayList<>();
      for (long seed : seeds) {
        Optional<KnownRun> known = uncheckedly(() -> find(figure, curve, seed));
        known.map(KnownRun::measurements).ifPresent(ofCurve::add);
        trainedHere |= known.filter(run -> !run.recorded()).isPresent();
        known
            .filter(KnownRun::recorded)
            .ifPresent(
                run ->
                    recordedOn
                        .computeIfAbsent(run.data().name(), first -> new ArrayList<>())
                        .add(curve + ", seed " + seed));
      }
      tables.put(curve, ofCurve);
    }
    List<Double> milestones = profile.milestones().stream().map(Integer::doubleValue).toList();
    return new FigureRuns(tables, profile.watched(), milestones, setting(trainedHere, recordedOn));
  }

  /** Sizes and data in one line, with the runs that were recorded elsewhere. */
  private String setting(boolean trainedHere, Map<String, List<String>> recordedOn) {
    if (!trainedHere && !recordedOn.isEmpty()) {
      return profile.describe(String.join(" and ", recordedOn.keySet())) + "; recorded";
    }
    return recordedOn.entrySet().stream()
        .map(
            on ->
                "; recorded%s: %s"
                    .formatted(
                        on.getKey().equals(data) ? "" : " on " + on.getKey(),
                        String.join("; ", on.getValue())))
        .collect(Collectors.joining("", profile.describe(data), ""));
  }

  /** Reading that may fail. */
  private interface Reading<T> {
    T get() throws IOException;
  }

  private static <T> T uncheckedly(Reading<T> reading) {
    try {
      return reading.get();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
