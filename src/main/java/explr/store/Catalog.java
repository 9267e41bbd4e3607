package explr.store;

import explr.file.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The content of a store, for people; read only from its files, without the tasks of its runs.
 *
 * @param runs with their labels, sorted by profile, curve and seed
 * @param unlabelled periods that no label names and this version may remove
 * @param later unlabelled periods that a later version of this program wrote, or may have labelled
 * @param earlier periods that version 0.1.0 trained and that were not taken over yet
 * @param laterLabels files of labels that a later version wrote
 * @param damagedLabels files of labels that are damaged
 * @param leftovers temporary files of killed processes
 * @param bytes of all periods, with shared ones counted once
 */
public record Catalog(
    List<ListedRun> runs,
    List<PeriodFolder> unlabelled,
    List<PeriodFolder> later,
    List<PeriodFolder> earlier,
    List<Path> laterLabels,
    List<Path> damagedLabels,
    List<Path> leftovers,
    long bytes) {

  /** Inspects a store. */
  static Catalog of(Store store) throws IOException {
    List<ListedRun> runs = new ArrayList<>();
    List<PeriodFolder> unlabelled = new ArrayList<>();
    List<PeriodFolder> later = new ArrayList<>();
    List<PeriodFolder> earlier = new ArrayList<>();
    List<Path> laterLabels = new ArrayList<>();
    List<Path> damagedLabels = new ArrayList<>();
    long bytes = 0;
    for (StartFolder start : store.starts()) {
      if (start.isOfEarlierVersion()) {
        for (Path period : start.periods()) {
          earlier.add(PeriodFolder.ofEarlierVersion(period));
        }
        continue;
      }
      Map<Path, PeriodFolder> periods = periods(start);
      bytes += periods.values().stream().mapToLong(PeriodFolder::bytes).sum();
      Set<Path> labelled = new HashSet<>();
      boolean laterLabel = false;
      for (Path file : LabelFile.all(start)) {
        try {
          Optional<LabelFile> label = LabelFile.read(file);
          if (label.isPresent()) {
            ListedRun run = run(start, file, label.get(), periods);
            runs.add(run);
            labelled.addAll(run.periods());
          }
        } catch (LaterVersionException e) {
          laterLabels.add(file);
          laterLabel = true;
        } catch (DamagedFileException e) {
          damagedLabels.add(file);
        }
      }
      for (PeriodFolder period : periods.values()) {
        if (!labelled.contains(period.path())) {
          (laterLabel || period.later().isPresent() ? later : unlabelled).add(period);
        }
      }
    }
    bytes += earlier.stream().mapToLong(PeriodFolder::bytes).sum();
    runs.sort(ListedRun.ORDER);
    return new Catalog(
        runs,
        unlabelled,
        later,
        earlier,
        laterLabels,
        damagedLabels,
        Leftovers.in(store.folder()),
        bytes);
  }

  private static Map<Path, PeriodFolder> periods(StartFolder start) throws IOException {
    Map<Path, PeriodFolder> periods = new LinkedHashMap<>();
    for (Path path : start.periods()) {
      PeriodFolder.inspect(path).ifPresent(period -> periods.put(path, period));
    }
    return periods;
  }

  private static ListedRun run(
      StartFolder start, Path file, LabelFile label, Map<Path, PeriodFolder> periods)
      throws IOException {
    List<Optional<PeriodFolder>> own = new ArrayList<>();
    for (Address address : label.periods()) {
      own.add(Optional.ofNullable(periods.get(start.folder().resolve(address.folderName()))));
    }
    String computedBy = start.identity().map(Identity::computedBy).orElse("");
    return ListedRun.of(label, file, computedBy, own);
  }
}
