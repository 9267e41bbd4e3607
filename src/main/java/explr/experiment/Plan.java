package explr.experiment;

import explr.store.Address;
import explr.store.Lineage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What has to be trained for some figures: a tree of segments, each trained once.
 *
 * <p>Runs that are driven alike share their periods until they part. A segment is a row of periods
 * that the same runs share; it can be trained as soon as the segment before it is, by any process,
 * independently of all others.
 *
 * @param runs whose periods these are; of a curve that figures show over several lengths the
 *     longest
 * @param segments each after the one that it goes on from
 * @param shown the number of periods of all curves of all figures, were nothing shared
 */
public record Plan(List<PlannedRun> runs, List<Segment> segments, long shown) {

  /**
   * A run to be trained.
   *
   * @param figure one that shows the curve in this length
   */
  public record PlannedRun(PaperFigure figure, Curve curve, long seed, Lineage lineage) {
    /** For people. */
    public String title() {
      return curve.title() + ", seed " + seed;
    }
  }

  /**
   * Periods to be trained in a row.
   *
   * @param run one of the runs that pass them
   * @param from the first period
   * @param to the last period
   * @param parent the number of the segment that ends before it begins; empty at a start
   * @param sharedBy all curves that pass it
   */
  public record Segment(
      PlannedRun run, int from, int to, OptionalInt parent, List<String> sharedBy) {

    /** The number of its periods. */
    public int periods() {
      return to - from + 1;
    }

    /** The number of its iterations. */
    public long iterations() {
      return run.lineage.end(to) - run.lineage.end(from - 1);
    }
  }

  /** Copies the lists. */
  public Plan {
    runs = List.copyOf(runs);
    segments = List.copyOf(segments);
  }

  /** The plan of some figures for some seeds: seed by seed, figure by figure. */
  static Plan of(Experiment experiment, List<PaperFigure> figures, List<Long> seeds) {
    Map<List<Object>, PlannedRun> longest = new LinkedHashMap<>();
    long shown = 0;
    for (long seed : seeds) {
      for (PaperFigure figure : figures) {
        for (Curve curve : figure.curves(experiment.profile())) {
          Lineage lineage = experiment.lineage(curve, seed);
          shown += lineage.length();
          longest.merge(
              List.of(curve.name(), seed),
              new PlannedRun(figure, curve, seed, lineage),
              (a, b) -> a.lineage.length() >= b.lineage.length() ? a : b);
        }
      }
    }
    return of(List.copyOf(longest.values()), shown);
  }

  static Plan of(List<PlannedRun> runs, long shown) {
    Set<Address> cuts = forks(runs);
    Map<Address, Integer> segmentOf = new HashMap<>();
    List<Segment> segments = new ArrayList<>();
    List<Set<String>> sharers = new ArrayList<>();
    for (PlannedRun run : runs) {
      Lineage lineage = run.lineage;
      int from = 1;
      for (int period = 1; period <= lineage.length(); period++) {
        Address address = lineage.at(period);
        if (!cuts.contains(address)) {
          continue;
        }
        if (!segmentOf.containsKey(address)) {
          Integer parent = segmentOf.get(lineage.at(from - 1));
          segmentOf.put(address, segments.size());
          segments.add(
              new Segment(
                  run,
                  from,
                  period,
                  parent == null ? OptionalInt.empty() : OptionalInt.of(parent),
                  List.of()));
          sharers.add(new LinkedHashSet<>());
        }
        sharers.get(segmentOf.get(address)).add(run.curve.title());
        from = period + 1;
      }
    }
    List<Segment> named = new ArrayList<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment s = segments.get(i);
      named.add(new Segment(s.run, s.from, s.to, s.parent, List.copyOf(sharers.get(i))));
    }
    return new Plan(runs, named, shown);
  }

  /** The states at which runs part or end. */
  Set<Address> forks() {
    return forks(runs);
  }

  private static Set<Address> forks(List<PlannedRun> runs) {
    Set<Address> forks = new HashSet<>();
    Map<Address, Set<Address>> next = new HashMap<>();
    for (PlannedRun run : runs) {
      Lineage lineage = run.lineage;
      forks.add(lineage.at(lineage.length()));
      for (int period = 0; period < lineage.length(); period++) {
        next.computeIfAbsent(lineage.at(period), key -> new HashSet<>())
            .add(lineage.at(period + 1));
      }
    }
    next.forEach(
        (address, following) -> {
          if (following.size() > 1) {
            forks.add(address);
          }
        });
    return Collections.unmodifiableSet(forks);
  }

  /** The number of periods to be trained in all, done or not. */
  public long periods() {
    return segments.stream().mapToLong(Segment::periods).sum();
  }
}
