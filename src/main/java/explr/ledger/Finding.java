package explr.ledger;

import explr.experiment.Curve;
import explr.experiment.KnownRun;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.experiment.RunFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What the runs of a profile say of a claim.
 *
 * @param claim that was held against them
 * @param bySeed the measure of each seed whose runs are done
 * @param recorded folders' names of those of its runs that were trained elsewhere
 * @param mean over these seeds
 * @param decision by the rule of {@link Threshold}
 * @param because why it is not decidable; empty otherwise
 */
public record Finding(
    PaperClaim claim,
    Map<Long, Estimate> bySeed,
    Set<String> recorded,
    Estimate mean,
    Decision decision,
    String because) {

  /** Where runs lie: what is known of a curve and seed, if anything is. */
  public interface Runs extends BiFunction<Curve, Long, Optional<KnownRun>> {}

  /** Keeps the seeds from being changed, in ascending order. */
  public Finding {
    bySeed = Collections.unmodifiableMap(new TreeMap<>(bySeed));
    recorded = Set.copyOf(recorded);
  }

  /**
   * Holds a claim against runs; a pure function of their tables.
   *
   * <p>A run that is missing or unfinished leaves the claim undecided even if other seeds have
   * theirs: who chose seeds must not drop those that came out badly.
   */
  public static Finding of(PaperClaim claim, Profile profile, List<Long> seeds, Runs runs) {
    if (claim.figure().isEmpty()) {
      Estimate nothing = Estimate.mean(List.of());
      return new Finding(
          claim, Map.of(), Set.of(), nothing, Decision.NOT_DECIDABLE, missingCurve(claim));
    }
    PaperFigure figure = claim.figure().get();
    Map<Long, Map<Curve, KnownRun>> done = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (long seed : seeds) {
      Map<Curve, KnownRun> ofSeed = new EnumMap<>(Curve.class);
      for (Curve curve : claim.measure().curves()) {
        runs.apply(curve, seed)
            .filter(run -> run.measurements().rowCount() == Trial.rows(profile, figure))
            .ifPresentOrElse(run -> ofSeed.put(curve, run), () -> missing.add(folder(curve, seed)));
      }
      if (ofSeed.size() == claim.measure().curves().size()) {
        done.put(seed, ofSeed);
      }
    }
    Map<Long, Estimate> bySeed = new TreeMap<>();
    done.forEach(
        (seed, ofSeed) -> bySeed.put(seed, claim.measure().of(Trial.of(profile, figure, ofSeed))));
    Estimate mean = Estimate.mean(List.copyOf(bySeed.values()));
    Optional<String> obstacle =
        claim
            .need()
            .unmet(profile, figure)
            .or(() -> unfinished(missing))
            .or(() -> differentImages(done));
    Decision decision =
        obstacle.isPresent() ? Decision.NOT_DECIDABLE : claim.threshold().decide(mean);
    String because = obstacle.orElseGet(() -> reason(claim, mean, decision));
    return new Finding(claim, bySeed, recorded(done), mean, decision, because);
  }

  private static String missingCurve(PaperClaim claim) {
    return claim.measure() instanceof Measure.None none
        ? none.missing()
        : "no figure has runs of it";
  }

  private static Optional<String> unfinished(List<String> missing) {
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "missing or unfinished: "
                + missing.stream().sorted().collect(Collectors.joining(", ")));
  }

  /** Numbers of different images say nothing about the difference of two runs. */
  private static Optional<String> differentImages(Map<Long, Map<Curve, KnownRun>> done) {
    Map<String, List<String>> byImages = new TreeMap<>();
    done.forEach(
        (seed, ofSeed) ->
            ofSeed.forEach(
                (curve, run) ->
                    byImages
                        .computeIfAbsent(run.data().checksum(), first -> new ArrayList<>())
                        .add("%s on %s".formatted(folder(curve, seed), run.data().name()))));
    return byImages.size() < 2
        ? Optional.empty()
        : Optional.of(
            "its runs saw different images: "
                + byImages.values().stream()
                    .map(same -> String.join(", ", same))
                    .collect(Collectors.joining("; ")));
  }

  private static Set<String> recorded(Map<Long, Map<Curve, KnownRun>> done) {
    Set<String> folders = new TreeSet<>();
    done.forEach(
        (seed, ofSeed) ->
            ofSeed.forEach(
                (curve, run) -> {
                  if (run.recorded()) {
                    folders.add(folder(curve, seed));
                  }
                }));
    return folders;
  }

  private static String reason(PaperClaim claim, Estimate mean, Decision decision) {
    if (decision != Decision.NOT_DECIDABLE) {
      return "";
    }
    if (!Double.isFinite(mean.value())) {
      return "the measure is " + mean.value();
    }
    if (!mean.known()) {
      return "too few periods to tell how much they fluctuate; it takes %d seeds"
          .formatted(Estimate.SEEDS_FOR_A_SPREAD);
    }
    Unit unit = claim.threshold().unit();
    return "chance leaves %s to %s%s possible"
        .formatted(unit.number(mean.low()), unit.number(mean.high()), unit.suffix());
  }

  /** Names of its runs' folders: {@code texp-seed-0}. */
  public List<String> runs() {
    List<String> runs = new ArrayList<>();
    for (Curve curve : new TreeSet<>(claim.measure().curves())) {
      bySeed.keySet().forEach(seed -> runs.add(folder(curve, seed)));
    }
    return runs;
  }

  static String folder(Curve curve, long seed) {
    return RunFolder.name(curve, seed);
  }

  /** The standard deviation over seeds; not a number for fewer than two. */
  public double spread() {
    return bySeed.size() < 2
        ? Double.NaN
        : Estimate.deviation(bySeed.values().stream().mapToDouble(Estimate::value).toArray());
  }
}
