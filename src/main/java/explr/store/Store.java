package explr.store;

import explr.measurement.Manifest;
import explr.measurement.MeasurementLog;
import explr.measurement.Timing;
import explr.schedule.Rates;
import explr.training.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/**
 * All that was ever trained here, by what it is and not by what it was for.
 *
 * <p>A run is a row of periods, each of which has an {@link Address} made of all that led to it and
 * a folder of that name. So runs that are driven alike until some epoch have these epochs in
 * common, whatever figure or recipe they belong to, and none is trained twice. What lies under an
 * address is a function of the address: it makes no difference which process puts it there, how
 * often it was killed meanwhile, or what else it trains.
 *
 * <pre>
 * 1f…/                a network with its data, seed, engine: the first half of the start's address
 *   83…/              a period
 *     measurement.csv its row; there if and only if the period is done
 *     state.bin       the run at its end; only of the newest periods, and where runs part or end
 *     checkpoint.bin  the run in the middle of it, while it is being trained
 *     steps.csv       a row per step, where they are wanted; steps.partial.csv meanwhile
 *     timing.jsonl    how long it took, which differs from time to time
 * </pre>
 *
 * @param folder which need not exist
 */
public record Store(Path folder) {

  /** No machine has more. */
  private static final int MOST_THREADS = 1024;

  /** A period of a run, counted from 1. */
  Entry entry(Lineage lineage, int period) {
    return new Entry(folder(lineage).resolve(lineage.at(period).folderName()), lineage.at(period));
  }

  /** What periods of one task have in common. */
  Path folder(Lineage lineage) {
    return folder.resolve(lineage.start().folderName());
  }

  /** How many of a run's periods, from the first, are done. */
  public int periodsDone(Lineage lineage) {
    return periodsDone(lineage, false);
  }

  int periodsDone(Lineage lineage, boolean stepsToo) {
    int done = 0;
    while (done < lineage.length() && entry(lineage, done + 1).done(stepsToo)) {
      done++;
    }
    return done;
  }

  /**
   * The numbers of threads, ascending, on which the first period of a task was trained here: they
   * decide its bits, so that each has an address of its own.
   *
   * @param task whose own number of threads counts for nothing
   * @param driven by one of these
   */
  public IntStream threads(Task task, List<Rates> driven) {
    // Taking the checksum of all images takes its time; the number of threads does not change it.
    Manifest manifest = Manifests.deciding(task);
    return IntStream.rangeClosed(1, MOST_THREADS)
        .filter(
            threads -> {
              Address start = new Address(manifest.onThreads(threads).identity());
              return Files.isDirectory(folder.resolve(start.folderName()))
                  && driven.stream()
                      .anyMatch(rates -> periodsDone(Lineage.of(start, task, rates)) > 0);
            });
  }

  /** Header and rows of a run's first periods, as far as they are done; nothing if none is. */
  public List<String> rows(Lineage lineage) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int period = 1; period <= periodsDone(lineage, false); period++) {
      append(lines, entry(lineage, period).measurement(lines.stream().findFirst()));
    }
    return lines;
  }

  /** The same of the steps, as far as each was measured. */
  public List<String> steps(Lineage lineage) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int period = 1; period <= periodsDone(lineage, true); period++) {
      append(lines, entry(lineage, period).steps());
    }
    return lines;
  }

  private static void append(List<String> lines, List<String> more) {
    lines.addAll(lines.isEmpty() ? more : more.subList(1, more.size()));
  }

  /** The measurements of a run's first periods, as far as they are done; none if none is. */
  public Optional<Table> measurements(Lineage lineage) throws IOException {
    List<String> lines = rows(lineage);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(MeasurementLog.parse(lines, folder(lineage)));
  }

  /**
   * Forgets a run, with what other runs share with it.
   *
   * @throws IllegalStateException if a process trains a period of it
   */
  public void discard(Lineage lineage) throws IOException {
    for (int period = lineage.length(); period >= 1; period--) {
      entry(lineage, period).discard();
    }
  }

  /** How long what is done of a run took, whoever trained it and when. */
  public List<Timing> timings(Lineage lineage) throws IOException {
    List<Timing> timings = new ArrayList<>();
    for (int period = 1; period <= periodsDone(lineage); period++) {
      timings.addAll(entry(lineage, period).timings());
    }
    return timings;
  }
}
