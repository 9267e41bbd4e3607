package explr.store;

import explr.file.AtomicFile;
import explr.file.FileFailure;
import explr.file.Owner;
import explr.file.ProcessLock;
import explr.measurement.Timing;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Checks every checksum of a store.
 *
 * <p>A damaged file is repaired by removing it, or by writing it from a copy; the next training of
 * its run makes it again. Periods that a process is training are not checked, nor is what a later
 * version of this program wrote.
 */
final class Verification {

  private static final String TRAINED_AGAIN = "remove it; the period is trained again";
  private static final String WRITTEN_AGAIN =
      "remove it; it is written again when its run is trained";
  private static final String LOST_ROWS = "it has lost or changed rows";
  private static final String FROM_EARLIER =
      "remove it; a run that needs it continues from an earlier state";

  private final boolean repair;
  private final Consumer<String> notice;
  private final List<DamagedFile> findings = new ArrayList<>();

  /** How many states and checkpoints of a later version were seen. */
  private int later;

  private Verification(boolean repair, Consumer<String> notice) {
    this.repair = repair;
    this.notice = notice;
  }

  /**
   * Checks a whole store.
   *
   * @param repair whether what is damaged is repaired
   * @param notice receives a sentence on what is not checked, and on what is missing
   */
  static List<DamagedFile> of(Store store, boolean repair, Consumer<String> notice)
      throws IOException {
    Verification verification = new Verification(repair, notice);
    for (StartFolder start : store.starts()) {
      if (start.isOfEarlierVersion()) {
        verification.earlier(start);
      } else {
        verification.start(start);
      }
      if (repair) {
        start.removeIfEmpty();
      }
    }
    return List.copyOf(verification.findings);
  }

  private void found(Path file, String reason, String what, Uninterrupted.Action action)
      throws IOException {
    findings.add(new DamagedFile(file, reason, what));
    if (repair) {
      action.run();
    }
  }

  private void foundAndRemove(Path file, String reason, String what) throws IOException {
    found(file, reason, what, () -> Files.deleteIfExists(file));
  }

  private void start(StartFolder start) throws IOException {
    boolean used = !start.periods().isEmpty() || !LabelFile.all(start).isEmpty();
    Optional<Identity> identity = start.identity();
    for (String name : List.of(StartFolder.IDENTITY, StartFolder.COPY)) {
      Path file = start.folder().resolve(name);
      Optional<String> wrong = IdentityFile.mismatch(file, start.folder());
      if (wrong.isPresent() && identity.isPresent()) {
        String text = identity.get().json();
        found(file, wrong.get(), "write it from its copy", () -> AtomicFile.write(file, text));
      } else if (wrong.isPresent() && Files.exists(file)) {
        foundAndRemove(file, wrong.get(), WRITTEN_AGAIN);
      } else if (wrong.isPresent() && used) {
        notice.accept(file + " is missing; it is written when its run is trained next");
      }
    }
    for (Path file : LabelFile.all(start)) {
      try {
        LabelFile.read(file);
      } catch (LaterVersionException e) {
        notice.accept(e.getMessage());
      } catch (DamagedFileException e) {
        foundAndRemove(file, e.reason(), WRITTEN_AGAIN);
      }
    }
    for (Path folder : start.periods()) {
      ifIdle(folder, () -> period(folder));
    }
  }

  /** Checks states alone: version 0.1.0 wrote its measurements without checksums. */
  private void earlier(StartFolder start) throws IOException {
    for (Path folder : start.periods()) {
      ifIdle(folder, () -> states(folder));
    }
  }

  /** Checks a period if nobody trains it. To repair it, locks it. */
  private void ifIdle(Path folder, Uninterrupted.Action check) throws IOException {
    Path file = folder.resolve(Entry.LOCK);
    Optional<Owner> holder = ProcessLock.holder(file);
    Optional<ProcessLock> lock = Optional.empty();
    try {
      lock = repair && holder.isEmpty() ? ProcessLock.on(file) : Optional.empty();
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    }
    if (holder.isPresent() || (repair && lock.isEmpty())) {
      notice.accept(
          folder
              + " is not checked: "
              + holder.map(owner -> "process " + owner).orElse("another process")
              + " trains it");
      return;
    }
    try {
      check.run();
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  private void period(Path folder) throws IOException {
    Path identity = folder.resolve(StartFolder.IDENTITY);
    Optional<String> wrong = IdentityFile.mismatch(identity, folder);
    if (wrong.isPresent() && Files.exists(identity)) {
      foundAndRemove(identity, wrong.get(), WRITTEN_AGAIN);
    }
    contents(folder);
    states(folder);
    timings(folder);
  }

  private void contents(Path folder) throws IOException {
    Optional<PeriodChecksums> contents;
    try {
      contents = Entry.checksumsIn(folder);
    } catch (LaterVersionException e) {
      notice.accept(e.getMessage());
      return;
    } catch (DamagedFileException e) {
      found(e.file(), e.reason(), TRAINED_AGAIN, () -> EntryRemoval.markNotDone(folder));
      return;
    }
    if (contents.isPresent()) {
      Entry entry = new Entry(folder, contents.get().address());
      listed(entry, contents.get(), Entry.MEASUREMENT, TRAINED_AGAIN);
      // Where the row was removed, its steps are no more listed.
      if (contents.get().files().containsKey(Entry.STEPS) && entry.isDone()) {
        listed(entry, contents.get(), Entry.STEPS, "remove it; its steps count as not measured");
      }
    }
  }

  private void listed(Entry entry, PeriodChecksums contents, String name, String what)
      throws IOException {
    try {
      entry.check(contents, name);
    } catch (DamagedFileException e) {
      found(e.file(), e.reason(), what, () -> entry.removal().removeDamaged(ignored -> {}));
    }
  }

  /** Checks states and checkpoints, and the steps that checkpoints count on. */
  private void states(Path folder) throws IOException {
    int before = later;
    state(folder, folder.resolve(Entry.STATE));
    Optional<CheckpointFile> newest = state(folder, folder.resolve(Checkpoints.NEWEST));
    Optional<CheckpointFile> previous = state(folder, folder.resolve(Checkpoints.PREVIOUS));
    if (later == before) {
      stepsSoFar(folder, newest.filter(withSteps()), previous.filter(withSteps()));
    }
  }

  private static Predicate<CheckpointFile> withSteps() {
    return checkpoint -> StepsMark.isIn(checkpoint.marks());
  }

  /** Reads a state or checkpoint; empty if there is none that this version can use. */
  private Optional<CheckpointFile> state(Path folder, Path file) throws IOException {
    try {
      CheckpointFile read = Checkpoints.read(file);
      if (read.identity().startsWith(folder.getFileName().toString())) {
        return Optional.of(read);
      }
      foundAndRemove(file, "it belongs to another period", FROM_EARLIER);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (LaterVersionException e) {
      later++;
      notice.accept(e.getMessage());
    } catch (IOException damaged) {
      foundAndRemove(file, FileFailure.reason(damaged), FROM_EARLIER);
    }
    return Optional.empty();
  }

  /** Checks the log of steps against the checkpoints that count on it. */
  private void stepsSoFar(
      Path folder, Optional<CheckpointFile> newest, Optional<CheckpointFile> previous)
      throws IOException {
    Path log = folder.resolve(Entry.STEPS_SO_FAR);
    if (newest.isEmpty() && previous.isEmpty()) {
      return;
    }
    if (!Files.exists(log)) {
      notice.accept(log + " is missing; a training with --steps continues from an earlier state");
    } else if (!fits(log, newest.or(() -> previous))) {
      if (newest.isPresent() && fits(log, previous)) {
        Path file = folder.resolve(Checkpoints.NEWEST);
        found(
            log,
            LOST_ROWS + " since the previous checkpoint",
            "remove the newest checkpoint; a run continues from the previous checkpoint",
            () -> Files.deleteIfExists(file));
      } else {
        foundAndRemove(log, LOST_ROWS, FROM_EARLIER);
      }
    }
  }

  private static boolean fits(Path log, Optional<CheckpointFile> checkpoint) throws IOException {
    return checkpoint.isPresent() && StepsMark.find(log, checkpoint.get().marks()).isPresent();
  }

  private void timings(Path folder) throws IOException {
    Path file = folder.resolve(Entry.TIMING);
    List<String> damaged = new ArrayList<>();
    List<Timing> whole = Timing.read(file, damaged::add);
    if (!damaged.isEmpty()) {
      String lines =
          whole.stream().map(timing -> timing.line() + "\n").collect(Collectors.joining());
      found(
          file,
          damaged.size() + " of its lines have another checksum",
          "remove these lines; they only inform",
          () -> AtomicFile.write(file, lines));
    }
  }
}
