package explr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runs and periods to remove from a store. Periods of a run that stays are kept.
 *
 * @param store to prune
 * @param runs whose labels are removed
 * @param kept runs that match the criteria but stay, because a process trains them or a later
 *     version of this program wrote a file of them
 * @param periods to remove, with their sizes
 * @param unlabelled number of these that no label names
 */
public record PrunePlan(
    Store store,
    List<ListedRun> runs,
    List<ListedRun> kept,
    Map<Path, Long> periods,
    int unlabelled) {

  /**
   * Finds the runs and periods to remove.
   *
   * @param now reference for ages
   */
  static PrunePlan of(Store store, PruneCriteria criteria, Instant now) throws IOException {
    Catalog catalog = store.list();
    Optional<RecordedRows> recorded =
        criteria.recorded().isPresent()
            ? Optional.of(RecordedRows.of(criteria.recorded().get()))
            : Optional.empty();
    List<ListedRun> runs = new ArrayList<>();
    List<ListedRun> kept = new ArrayList<>();
    Set<Path> needed = new HashSet<>();
    for (ListedRun run : catalog.runs()) {
      boolean matches = matches(run, criteria, recorded, now);
      if (matches
          && run.state() != ListedRun.State.IN_TRAINING
          && run.state() != ListedRun.State.LATER_VERSION) {
        runs.add(run);
      } else {
        needed.addAll(run.periods());
        if (matches) {
          kept.add(run);
        }
      }
    }
    Map<Path, Long> periods = new LinkedHashMap<>();
    for (ListedRun run : runs) {
      for (Path period : run.periods()) {
        if (!needed.contains(period)) {
          periods.put(period, PeriodFolder.bytes(period));
        }
      }
    }
    int ofRuns = periods.size();
    List<PeriodFolder> others = new ArrayList<>(catalog.unlabelled());
    others.addAll(catalog.earlier());
    for (PeriodFolder period : others) {
      if (matches(period, criteria, recorded, now)) {
        periods.put(period.path(), period.bytes());
      }
    }
    return new PrunePlan(store, runs, kept, periods, periods.size() - ofRuns);
  }

  private static boolean matches(
      ListedRun run, PruneCriteria criteria, Optional<RecordedRows> recorded, Instant now)
      throws IOException {
    boolean old =
        criteria.olderThan().isEmpty()
            || run.lastUsed().isBefore(now.minus(criteria.olderThan().get()));
    boolean named =
        criteria.profile().isEmpty() || run.label().profile().equals(criteria.profile().get());
    if (!old || !named) {
      return false;
    }
    if (recorded.isPresent()) {
      for (Path period : run.periods()) {
        if (recorded.get().endsWith(period)) {
          return false;
        }
      }
    }
    return true;
  }

  /** By age only: the profile of an unlabelled period is unknown. */
  private static boolean matches(
      PeriodFolder period, PruneCriteria criteria, Optional<RecordedRows> recorded, Instant now)
      throws IOException {
    boolean old =
        criteria.olderThan().isEmpty()
            || period
                .lastUsed()
                .orElse(Instant.EPOCH)
                .isBefore(now.minus(criteria.olderThan().get()));
    return old
        && criteria.profile().isEmpty()
        && period.trainedBy().isEmpty()
        && (recorded.isEmpty() || !recorded.get().contains(period.path()));
  }

  /** The total size of the periods to remove. */
  public long bytes() {
    return periods.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The result of the removal.
   *
   * @param kept runs whose labels stay, because a process has begun to train one of their periods
   * @param periods number of removed periods
   * @param bytes of the removed periods
   */
  public record Removed(List<ListedRun> kept, int periods, long bytes) {

    /** Copies the list. */
    public Removed {
      kept = List.copyOf(kept);
    }
  }

  /** Executes the plan, except for periods that a process has begun to train in the meantime. */
  public Removed execute() throws IOException {
    Set<Path> refused = new HashSet<>();
    long bytes = 0;
    for (Map.Entry<Path, Long> period : periods.entrySet()) {
      if (EntryRemoval.prune(period.getKey())) {
        bytes += period.getValue();
      } else {
        refused.add(period.getKey());
      }
    }
    // Labels last: after a kill, the same command finds the remaining periods by them.
    List<ListedRun> kept = new ArrayList<>();
    for (ListedRun run : runs) {
      if (Collections.disjoint(run.periods(), refused)) {
        Files.deleteIfExists(run.file());
      } else {
        kept.add(run);
      }
    }
    for (StartFolder start : store.starts()) {
      removeIfUnused(start);
    }
    return new Removed(kept, periods.size() - refused.size(), bytes);
  }

  /** Removes the folder of a start that has lost its last run, or that is empty. */
  private void removeIfUnused(StartFolder start) throws IOException {
    boolean pruned =
        Stream.concat(
                periods.keySet().stream().map(Path::getParent),
                runs.stream().map(run -> run.file().getParent().getParent()))
            .anyMatch(start.folder()::equals);
    if (pruned && start.periods().isEmpty() && LabelFile.all(start).isEmpty()) {
      start.removeFiles();
    }
    start.removeIfEmpty();
  }
}
