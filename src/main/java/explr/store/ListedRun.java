package explr.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A labelled run in a store.
 *
 * @param label its purpose
 * @param computedBy engine, device, number type, threads and GPU model
 * @param file of the label
 * @param periods the existing folders of its periods
 * @param done number of periods that are done, counted from the first
 * @param length number of its periods
 * @param bytes of its periods, including those shared with other runs
 * @param lastUsed when it was last trained or read
 * @param state whether it is complete, in training or damaged
 * @param detail the file that is damaged or of a later version, or the process that trains it; else
 *     empty
 */
public record ListedRun(
    Label label,
    String computedBy,
    Path file,
    List<Path> periods,
    int done,
    int length,
    long bytes,
    Instant lastUsed,
    State state,
    String detail) {

  /** The state of a run. */
  public enum State {
    /** All of its periods are done. */
    COMPLETE,
    /** Not all of its periods are done. */
    PARTIAL,
    /** A process trains it now. */
    IN_TRAINING,
    /** A file of it was written by a later version of this program. */
    LATER_VERSION,
    /** A file of it is damaged. */
    DAMAGED
  }

  static final Comparator<ListedRun> ORDER =
      Comparator.comparing((ListedRun run) -> run.label.profile())
          .thenComparing(run -> run.label.curve())
          .thenComparing(run -> run.label.seed())
          .thenComparing(run -> run.computedBy)
          .thenComparing(run -> run.length);

  /** Copies the list. */
  public ListedRun {
    periods = List.copyOf(periods);
  }

  static ListedRun of(
      LabelFile label, Path file, String computedBy, List<Optional<PeriodFolder>> periods)
      throws IOException {
    int done = 0;
    while (done < periods.size() && periods.get(done).filter(PeriodFolder::done).isPresent()) {
      done++;
    }
    List<PeriodFolder> there = periods.stream().flatMap(Optional::stream).toList();
    Optional<String> trainedBy =
        there.stream()
            .flatMap(period -> period.trainedBy().stream())
            .map(owner -> "process " + owner)
            .findFirst();
    Optional<String> damage =
        there.stream()
            .flatMap(period -> period.damage().stream())
            .map(DamagedFileException::summary)
            .findFirst();
    Optional<String> later =
        there.stream()
            .flatMap(period -> period.later().stream())
            .map(LaterVersionException::getMessage)
            .findFirst();
    State state;
    if (trainedBy.isPresent()) {
      state = State.IN_TRAINING;
    } else if (later.isPresent()) {
      state = State.LATER_VERSION;
    } else if (damage.isPresent()) {
      state = State.DAMAGED;
    } else {
      state = done == periods.size() ? State.COMPLETE : State.PARTIAL;
    }
    return new ListedRun(
        label.label(),
        computedBy,
        file,
        there.stream().map(PeriodFolder::path).toList(),
        done,
        periods.size(),
        there.stream().mapToLong(PeriodFolder::bytes).sum(),
        lastUsed(file, periods),
        state,
        trainedBy.or(() -> later).or(() -> damage).orElse(""));
  }

  /** From the label or the last existing period; earlier periods may be shared with other runs. */
  private static Instant lastUsed(Path file, List<Optional<PeriodFolder>> periods)
      throws IOException {
    Optional<Instant> last = Optional.empty();
    for (Optional<PeriodFolder> period : periods) {
      if (period.isPresent()) {
        last = period.get().lastUsed();
      }
    }
    return UseDate.later(last, UseDate.of(file)).orElse(Instant.EPOCH);
  }
}
