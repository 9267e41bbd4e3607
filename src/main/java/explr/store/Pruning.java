package explr.store;

import explr.file.Leftovers;
import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be removed from a store. A period that a run which stays passes, stays.
 *
 * @param runs whose labels go
 * @param inTraining runs that would go, and stay since a process trains them
 * @param periods that go, with their sizes
 * @param ofNoRun how many of these no label names
 */
public record Pruning(
    List<ListedRun> runs, List<ListedRun> inTraining, Map<Path, Long> periods, int ofNoRun) {

  /**
   * Looks which runs a store has that are to be removed.
   *
   * @param now from which ages are counted
   */
  static Pruning of(Store store, Criteria criteria, Instant now) throws IOException {
    Catalog catalog = store.list();
    Optional<RecordedRows> recorded =
        criteria.recorded().isPresent()
            ? Optional.of(RecordedRows.of(criteria.recorded().get()))
            : Optional.empty();
    List<ListedRun> runs = new ArrayList<>();
    List<ListedRun> inTraining = new ArrayList<>();
    Set<Path> needed = new HashSet<>();
    for (ListedRun run : catalog.runs()) {
      boolean goes = goes(run, criteria, recorded, now);
      if (goes && run.state() != ListedRun.State.IN_TRAINING) {
        runs.add(run);
      } else {
        needed.addAll(run.periods());
        if (goes) {
          inTraining.add(run);
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
      if (goes(period, criteria, recorded, now)) {
        periods.put(period.path(), period.bytes());
      }
    }
    return new Pruning(runs, inTraining, periods, periods.size() - ofRuns);
  }

  private static boolean goes(
      ListedRun run, Criteria criteria, Optional<RecordedRows> recorded, Instant now)
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

  /** Of a period that no label names, it is not known for which profile it was. */
  private static boolean goes(
      PeriodFolder period, Criteria criteria, Optional<RecordedRows> recorded, Instant now)
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

  /** The size of all that goes. */
  public long bytes() {
    return periods.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Removes it, but for periods that a process has begun to train meanwhile.
   *
   * @return how many bytes
   */
  public long execute() throws IOException {
    Set<Path> starts = new HashSet<>();
    long bytes = 0;
    for (Map.Entry<Path, Long> period : periods.entrySet()) {
      starts.add(period.getKey().getParent());
      if (remove(period.getKey())) {
        bytes += period.getValue();
      }
    }
    // The labels last: killed before, the same command finds the rest.
    for (ListedRun run : runs) {
      Files.deleteIfExists(run.file());
      starts.add(run.file().getParent().getParent());
    }
    for (Path start : starts) {
      removeIfEmpty(new StartFolder(start));
    }
    return bytes;
  }

  private static boolean remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    Optional<ProcessLock> lock = ProcessLock.on(folder.resolve(Entry.LOCK));
    if (lock.isEmpty()) {
      return false;
    }
    ProcessLock held = lock.get();
    try (held) {
      EntryRemoval.forget(folder);
    }
    Leftovers.removeFolder(folder);
    return true;
  }

  private static void removeIfEmpty(StartFolder start) throws IOException {
    if (start.periods().isEmpty() && LabelFile.all(start).isEmpty()) {
      Files.deleteIfExists(start.folder().resolve(StartFolder.IDENTITY));
      Files.deleteIfExists(start.folder().resolve(StartFolder.COPY));
      Files.deleteIfExists(start.folder().resolve(Entry.LOCK));
      try {
        Files.deleteIfExists(LabelFile.folder(start));
        Files.deleteIfExists(start.folder());
      } catch (DirectoryNotEmptyException usedAgain) {
        return;
      }
    }
  }
}
