package explr.experiment;

import explr.store.Address;
import explr.store.Lineage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Divides runs into segments: runs that are driven alike share their periods until they part. */
final class Segments {

  private Segments() {}

  /**
   * The segments of some runs, each after its parent.
   *
   * @param runs to be trained
   * @param forks states to be kept, where these runs or others part or end
   */
  static List<Segment> of(List<PlannedRun> runs, Set<Address> forks) {
    Set<Address> cuts = forks(runs);
    Map<Address, Integer> segmentOf = new HashMap<>();
    List<Segment> segments = new ArrayList<>();
    List<Set<Curve>> sharers = new ArrayList<>();
    for (PlannedRun run : runs) {
      Lineage lineage = run.lineage();
      Set<Address> kept =
          lineage.periods().stream().filter(forks::contains).collect(Collectors.toSet());
      int from = 1;
      for (int period = 1; period <= lineage.length(); period++) {
        Address address = lineage.at(period);
        if (!cuts.contains(address)) {
          continue;
        }
        if (!segmentOf.containsKey(address)) {
          Integer parent = segmentOf.get(lineage.at(from - 1));
          segmentOf.put(address, segments.size());
          segments.add(new Segment(run, from, period, optional(parent), List.of(), kept));
          sharers.add(new LinkedHashSet<>());
        }
        sharers.get(segmentOf.get(address)).add(run.curve());
        from = period + 1;
      }
    }
    return IntStream.range(0, segments.size())
        .mapToObj(i -> sharedBy(segments.get(i), List.copyOf(sharers.get(i))))
        .toList();
  }

  private static OptionalInt optional(Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static Segment sharedBy(Segment s, List<Curve> curves) {
    return new Segment(s.run(), s.from(), s.to(), s.parent(), curves, s.kept());
  }

  /** The states at which runs part or end. */
  static Set<Address> forks(Iterable<PlannedRun> runs) {
    Set<Address> forks = new HashSet<>();
    Map<Address, Address> next = new HashMap<>();
    for (PlannedRun run : runs) {
      Lineage lineage = run.lineage();
      forks.add(lineage.at(lineage.length()));
      for (int period = 0; period < lineage.length(); period++) {
        Address following = lineage.at(period + 1);
        Address known = next.putIfAbsent(lineage.at(period), following);
        if (known != null && !known.equals(following)) {
          forks.add(lineage.at(period));
        }
      }
    }
    return Set.copyOf(forks);
  }
}
