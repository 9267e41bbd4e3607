package explr.store;

import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Everything that was trained, stored by what determines it, not by what it was trained for.
 *
 * <p>A run is a row of periods, each of which has an {@link Address} made of all that led to it and
 * a folder of that name. So runs that are driven alike until some epoch have these epochs in
 * common, whatever figure or recipe they belong to, and none is trained twice. What lies under an
 * address is a function of the address: it makes no difference which process puts it there, how
 * often it was killed meanwhile, or what else it trains.
 *
 * <pre>
 * 1f…/                     a start: a network with its data, seed, engine; half of its address
 *   identity.json          the named fields whose SHA-256 is the address; identity.copy.json too
 *   runs/….json            what a run was for, and the addresses of its periods
 *   83…/                   a period
 *     identity.json        the state before it and the values that drive it
 *     entry.json           there if and only if the period is done: checksums of the next two
 *     measurement.csv      its row
 *     steps.csv            a row per step, where they are wanted; steps.partial.csv meanwhile
 *     state.bin            the run at its end; only of the newest periods, and where runs part or end
 *     checkpoint.bin       the run in the middle of it, while it is being trained
 *     timing.jsonl         how long it took, which differs from time to time
 *     lock                 held by the process that trains it, whose number is in it
 * </pre>
 *
 * <p>Every file is checked when it is read. A training repeats what is damaged, and says so; a
 * reader gets a {@link DamagedFileException}.
 *
 * @param folder which need not exist
 */
public record Store(Path folder) {

  /**
   * How much of a run is there.
   *
   * @param periods how many, from the first, are done and whole
   * @param damage what is wrong with the next one, where that is done and damaged
   */
  record Extent(int periods, Optional<DamagedFileException> damage) {}

  /** A period of a run, counted from 1. */
  Entry entry(Lineage lineage, int period) {
    return new Entry(
        start(lineage).folder().resolve(lineage.at(period).folderName()), lineage.at(period));
  }

  /** What periods of one task have in common. */
  StartFolder start(Lineage lineage) {
    return new StartFolder(folder.resolve(lineage.start().folderName()));
  }

  /**
   * How many of a run's periods, from the first, are done.
   *
   * @throws DamagedFileException if one of these is damaged
   */
  public int periodsDone(Lineage lineage) throws IOException {
    new TakeOver(this, lineage).moveOrThrow();
    int done = 0;
    while (done < lineage.length() && entry(lineage, done + 1).hasRow()) {
      done++;
    }
    return done;
  }

  /**
   * The same for a training: checks all files of each period, and counts up to a damaged one.
   *
   * @param withSteps whether a period counts only if every step of it was measured
   */
  Extent extent(Lineage lineage, boolean withSteps) throws IOException {
    int done = 0;
    try {
      while (done < lineage.length() && isDone(lineage, done + 1, withSteps)) {
        done++;
      }
      return new Extent(done, Optional.empty());
    } catch (DamagedFileException damage) {
      return new Extent(done, Optional.of(damage));
    }
  }

  /**
   * Whether a period is done. Checks all of its files.
   *
   * @throws DamagedFileException if one of them is damaged
   */
  boolean isDone(Lineage lineage, int period, boolean withSteps) throws IOException {
    return entry(lineage, period)
        .verified()
        .filter(contents -> !withSteps || contents.files().containsKey(Entry.STEPS))
        .isPresent();
  }

  /**
   * The numbers of threads, ascending, on which some period of a task was trained here: they decide
   * its bits, so that each has a start of its own.
   *
   * @param task whose own number of threads does not matter
   */
  public IntStream existingThreadCounts(Task task) throws IOException {
    Identity own = Identity.ofStart(task);
    NavigableSet<Integer> counts = new TreeSet<>();
    for (StartFolder start : starts()) {
      OptionalInt threads = start.identity().map(Identity::threads).orElse(OptionalInt.empty());
      if (threads.isPresent()
          && start.isOf(own.onThreads(threads.getAsInt()))
          && start.hasDonePeriod()) {
        counts.add(threads.getAsInt());
      }
    }
    TakeOver.threadCounts(this, task).forEach(counts::add);
    return counts.stream().mapToInt(Integer::intValue);
  }

  /** The folders of all starts, in the order of their names. */
  List<StartFolder> starts() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Store::isNamedByAddress).sorted().map(StartFolder::new).toList();
    }
  }

  /** The folders of starts that an earlier version made. */
  List<StartFolder> earlierStarts() throws IOException {
    List<StartFolder> earlier = new ArrayList<>();
    for (StartFolder start : starts()) {
      if (start.isOfEarlierVersion()) {
        earlier.add(start);
      }
    }
    return earlier;
  }

  /** Whether a folder has the name of a start or a period. */
  static boolean isNamedByAddress(Path folder) {
    return folder.getFileName().toString().matches("[0-9a-f]{" + Address.FOLDER_DIGITS + "}")
        && Files.isDirectory(folder);
  }

  /**
   * Header and rows of a run's first periods, as far as they are done; nothing if none is.
   *
   * @throws DamagedFileException if one of these is damaged
   */
  public List<String> rows(Lineage lineage) throws IOException {
    List<String> lines = new ArrayList<>();
    int done = periodsDone(lineage);
    for (int period = 1; period <= done; period++) {
      Entry entry = entry(lineage, period);
      append(lines, entry.measurement(), entry);
      entry.markUsed();
    }
    if (!lines.isEmpty()) {
      LabelFile.markUsed(start(lineage), lineage);
    }
    return lines;
  }

  /** The same of the steps, as far as each was measured. */
  public List<String> steps(Lineage lineage) throws IOException {
    new TakeOver(this, lineage).moveOrThrow();
    List<String> lines = new ArrayList<>();
    for (int period = 1; period <= lineage.length(); period++) {
      Entry entry = entry(lineage, period);
      if (!entry.hasSteps()) {
        break;
      }
      append(lines, entry.steps(), entry);
    }
    return lines;
  }

  private static void append(List<String> lines, List<String> more, Entry from) throws IOException {
    if (!lines.isEmpty() && !lines.get(0).equals(more.get(0))) {
      throw new IOException(
          "%s has the columns %s, and the periods before it have %s"
              .formatted(from.folder(), more.get(0), lines.get(0)));
    }
    lines.addAll(lines.isEmpty() ? more : more.subList(1, more.size()));
  }

  /**
   * The measurements of a run's first periods, as far as they are done; none if none is.
   *
   * @throws DamagedFileException if one of these is damaged
   */
  public Optional<Table> measurements(Lineage lineage) throws IOException {
    List<String> lines = rows(lineage);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(MeasurementLog.parse(lines, start(lineage).folder()));
  }

  /**
   * Removes a run and its labels, with the periods that it shares with other runs.
   *
   * @throws IllegalStateException if a process trains a period of it
   */
  public void discard(Lineage lineage) throws IOException {
    new TakeOver(this, lineage).move(notice -> {});
    for (int period = lineage.length(); period >= 1; period--) {
      entry(lineage, period).removal().discard();
    }
    LabelFile.delete(start(lineage), lineage);
  }

  /**
   * Training times of the finished periods of a run, by any process.
   *
   * @param notice receives a sentence on times that are damaged and left out
   */
  public List<Timing> timings(Lineage lineage, Consumer<String> notice) throws IOException {
    List<Timing> timings = new ArrayList<>();
    int done = periodsDone(lineage);
    for (int period = 1; period <= done; period++) {
      timings.addAll(entry(lineage, period).timings(notice));
    }
    return timings;
  }

  /** What is in the store, for people. */
  public Catalog list() throws IOException {
    return Catalog.of(this);
  }

  /**
   * Looks at every checksum.
   *
   * @param repair whether what is damaged is removed, so that the next training makes it again
   * @param notice receives a sentence on what is not looked at, since a process trains it
   * @return what is damaged, or was before it was repaired
   */
  public List<DamagedFile> verify(boolean repair, Consumer<String> notice) throws IOException {
    return Verification.of(this, repair, notice);
  }

  /** Finds the runs that are to be removed; removes nothing yet. */
  public PrunePlan prune(PruneCriteria criteria) throws IOException {
    return PrunePlan.of(this, criteria, Instant.now());
  }
}
