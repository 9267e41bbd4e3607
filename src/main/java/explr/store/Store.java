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
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;

/**
 * Training results, stored by what determines them, not by their purpose.
 *
 * <p>A run is a sequence of periods. Each has an {@link Address}, the digest of everything that led
 * to it, and a folder of that name. Runs with the same rates up to some epoch therefore share these
 * epochs, whatever figure or recipe they belong to, and no epoch is trained twice. The content of
 * an address is a function of the address: it does not depend on which process wrote it, how often
 * that process was killed, or what else it trained.
 *
 * <pre>
 * 1f…/                     a start: a network with its data, seed, engine; half of its address
 *   identity.json          the named fields whose SHA-256 is the address; also identity.copy.json
 *   runs/….json            the purpose of a run, and the addresses of its periods
 *   83…/                   a period
 *     identity.json        the state before it and the values that drive it
 *     entry.json           exists if and only if the period is done: checksums of the next two
 *     measurement.csv      its row
 *     steps.csv            a row per step, if requested; steps.partial.csv during training
 *     state.bin            the run at its end; only of the newest periods, and where runs fork or end
 *     checkpoint.bin       the run within it, during training
 *     timing.jsonl         training times, which differ between runs
 *     lock                 held by the process that trains it; contains its process id
 * </pre>
 *
 * <p>Every file is checked when it is read. Training repeats damaged periods and reports them; a
 * reader gets a {@link DamagedFileException}.
 *
 * @param folder need not exist
 */
public record Store(Path folder) {

  /**
   * How much of a run is done.
   *
   * @param periods number of periods, counted from the first, that are done and undamaged
   * @param damage what is wrong with the next one, if it is done and damaged
   */
  record Extent(int periods, Optional<DamagedFileException> damage) {}

  /** A period of a run, counted from 1. */
  Entry entry(Lineage lineage, int period) {
    return new Entry(
        start(lineage).folder().resolve(lineage.at(period).folderName()), lineage.at(period));
  }

  /** The folder of all runs of a lineage's task. */
  StartFolder start(Lineage lineage) {
    return new StartFolder(folder.resolve(lineage.start().folderName()));
  }

  /**
   * The number of a run's periods, counted from the first, that are done.
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
   * The same for training: checks all files of each period, and counts up to a damaged one.
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
   * The numbers of threads, in ascending order, on which a period of a task was trained here. Each
   * has its own start, because the number of threads decides the bits.
   *
   * @param task its own number of threads does not matter
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

  /** The folders of starts of version 0.1.0. */
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
   * Header and rows of a run's first periods that are done; empty if none is.
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

  /** The same for the steps of the first periods whose steps were all measured. */
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
          String.format(
              Locale.ROOT,
              "%s has the columns %s, and the periods before it have %s",
              from.folder(),
              more.get(0),
              lines.get(0)));
    }
    lines.addAll(lines.isEmpty() ? more : more.subList(1, more.size()));
  }

  /**
   * The measurements of a run's first periods that are done; empty if none is.
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
   * Removes a run and its labels, including the periods that it shares with other runs.
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
   * Training times of the finished periods of a run, in any process.
   *
   * @param notice receives a sentence on times that are damaged and omitted
   */
  public List<Timing> timings(Lineage lineage, Consumer<String> notice) throws IOException {
    List<Timing> timings = new ArrayList<>();
    int done = periodsDone(lineage);
    for (int period = 1; period <= done; period++) {
      timings.addAll(entry(lineage, period).timings(notice));
    }
    return timings;
  }

  /** The content of the store, for people. */
  public Catalog list() throws IOException {
    return Catalog.of(this);
  }

  /**
   * Checks every checksum.
   *
   * @param repair whether damaged files are removed, so that the next training writes them again
   * @param notice receives a sentence on what is not checked, and on what is missing
   * @return the damaged files, including those that were repaired
   */
  public List<DamagedFile> verify(boolean repair, Consumer<String> notice) throws IOException {
    return Verification.of(this, repair, notice);
  }

  /** Finds the runs to remove; removes nothing yet. */
  public PrunePlan prune(PruneCriteria criteria) throws IOException {
    return PrunePlan.of(this, criteria, Instant.now());
  }
}
