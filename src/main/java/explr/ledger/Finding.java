package explr.ledger;

import explr.experiment.CurveName;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.experiment.RunFolder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import tech.tablesaw.api.Table;

/**
 * What the runs of a profile say of a claim.
 *
 * @param claim that was held against them
 * @param bySeed the measure of each seed whose runs are done
 * @param mean over these seeds
 * @param decision by the rule of {@link Threshold}
 * @param because why it is not decidable; empty otherwise
 */
public record Finding(
    PaperClaim claim,
    Map<Long, Estimate> bySeed,
    Estimate mean,
    Decision decision,
    String because) {

  /** Where runs lie: the table of a curve and seed, if there is one. */
  public interface Tables extends BiFunction<CurveName, Long, Optional<Table>> {}

  /** Keeps the seeds from being changed, in ascending order. */
  public Finding {
    bySeed = Collections.unmodifiableMap(new TreeMap<>(bySeed));
  }

  /**
   * Holds a claim against runs; a pure function of their tables.
   *
   * <p>A run that is missing or unfinished leaves the claim undecided even if other seeds have
   * theirs: who chose seeds must not drop those that came out badly.
   */
  public static Finding of(PaperClaim claim, Profile profile, List<Long> seeds, Tables tables) {
    if (claim.figure().isEmpty()) {
      return undecided(
          claim,
          Map.of(),
          claim.measure() instanceof Measure.None none
              ? none.missing()
              : "no figure has runs of it");
    }
    PaperFigure figure = claim.figure().get();
    Map<Long, Estimate> bySeed = new TreeMap<>();
    List<String> missing = new ArrayList<>();
    for (long seed : seeds) {
      Map<CurveName, Table> done = new EnumMap<>(CurveName.class);
      for (CurveName curve : claim.measure().curves()) {
        Optional<Table> table =
            tables.apply(curve, seed).filter(t -> t.rowCount() == Trial.rows(profile, figure));
        table.ifPresentOrElse(
            found -> done.put(curve, found), () -> missing.add(folder(curve, seed)));
      }
      if (done.size() == claim.measure().curves().size()) {
        bySeed.put(seed, claim.measure().of(new Trial(profile, figure, done)));
      }
    }
    missing.sort(null);
    Optional<String> unmet = claim.need().unmet(profile, figure);
    if (unmet.isPresent()) {
      return undecided(claim, bySeed, unmet.get());
    }
    if (!missing.isEmpty() || bySeed.isEmpty()) {
      return undecided(claim, bySeed, "missing or unfinished: " + String.join(", ", missing));
    }
    Estimate mean = Estimate.mean(List.copyOf(bySeed.values()));
    Decision decision = claim.threshold().decide(mean);
    return new Finding(claim, bySeed, mean, decision, reason(claim, mean, decision));
  }

  private static Finding undecided(PaperClaim claim, Map<Long, Estimate> bySeed, String because) {
    Estimate mean = Estimate.mean(List.copyOf(bySeed.values()));
    return new Finding(claim, bySeed, mean, Decision.NOT_DECIDABLE, because);
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
    for (CurveName curve : new TreeSet<>(claim.measure().curves())) {
      bySeed.keySet().forEach(seed -> runs.add(folder(curve, seed)));
    }
    return runs;
  }

  static String folder(CurveName curve, long seed) {
    return RunFolder.name(curve.toString(), seed);
  }

  /** The standard deviation over seeds; not a number for fewer than two. */
  public double spread() {
    return bySeed.size() < 2
        ? Double.NaN
        : Estimate.deviation(bySeed.values().stream().mapToDouble(Estimate::value).toArray());
  }
}
