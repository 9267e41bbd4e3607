package explr.store;

import explr.file.AtomicFile;
import explr.file.FileFailure;
import explr.file.Owner;
import explr.file.ProcessLock;
import explr.measurement.Timing;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Looks at every checksum of a store.
 *
 * <p>Repaired is what is damaged by removing it, or by writing it from a copy, so that the next
 * training of its run makes it again. What a process trains at the moment is not looked at.
 */
final class Verification {

  private static final String TRAINED_AGAIN = "remove it; the period is trained again";
  private static final String WRITTEN_AGAIN =
      "remove it; it is written again when its run is trained";
  private static final String FROM_EARLIER =
      "remove it; a run that needs it continues from an earlier state";

  private final boolean repair;
  private final Consumer<String> notice;
  private final List<DamagedFile> findings = new ArrayList<>();

  private Verification(boolean repair, Consumer<String> notice) {
    this.repair = repair;
    this.notice = notice;
  }

  /**
   * Looks at a whole store.
   *
   * @param repair whether what is damaged is repaired
   * @param notice receives a sentence on what is not looked at
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
    }
    return List.copyOf(verification.findings);
  }

  /** What repairs something. */
  @FunctionalInterface
  private interface Repair {
    void run() throws IOException;
  }

  private void found(Path file, String reason, String what, Repair action) throws IOException {
    findings.add(new DamagedFile(file, reason, what));
    if (repair) {
      action.run();
    }
  }

  private void foundAndRemove(Path file, String reason, String what) throws IOException {
    found(file, reason, what, () -> Files.deleteIfExists(file));
  }

  private void start(StartFolder start) throws IOException {
    Optional<Identity> identity = start.identity();
    for (String name : List.of(StartFolder.IDENTITY, StartFolder.COPY)) {
      Path file = start.folder().resolve(name);
      Optional<String> wrong = IdentityFile.wrong(file, start.folder());
      if (wrong.isPresent() && identity.isPresent()) {
        String text = identity.get().json();
        found(file, wrong.get(), "write it from its copy", () -> AtomicFile.write(file, text));
      } else if (wrong.isPresent()) {
        foundAndRemove(file, wrong.get(), WRITTEN_AGAIN);
      }
    }
    for (Path file : LabelFile.all(start)) {
      try {
        LabelFile.read(file);
      } catch (DamagedFileException e) {
        foundAndRemove(file, e.reason(), WRITTEN_AGAIN);
      }
    }
    for (Path folder : start.periods()) {
      alone(folder, () -> period(folder));
    }
  }

  /** Of the measurements of version 0.1.0 nothing can be said, which had no checksums. */
  private void earlier(StartFolder start) throws IOException {
    for (Path folder : start.periods()) {
      alone(folder, () -> states(folder));
    }
  }

  /** Looks at a period that nobody trains; to repair it, keeps all others from training it. */
  private void alone(Path folder, Repair look) throws IOException {
    Path file = folder.resolve(Entry.LOCK);
    Optional<Owner> holder = ProcessLock.holder(file);
    Optional<ProcessLock> lock =
        repair && holder.isEmpty() ? ProcessLock.on(file) : Optional.empty();
    if (holder.isPresent() || (repair && lock.isEmpty())) {
      notice.accept(
          folder
              + " is not looked at: process "
              + holder.map(Owner::toString).orElse("")
              + " trains it");
      return;
    }
    try {
      look.run();
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  private void period(Path folder) throws IOException {
    Path identity = folder.resolve(StartFolder.IDENTITY);
    Optional<String> wrong = IdentityFile.wrong(identity, folder);
    if (wrong.isPresent() && Files.exists(identity)) {
      foundAndRemove(identity, wrong.get(), WRITTEN_AGAIN);
    }
    contents(folder);
    states(folder);
    timings(folder);
  }

  private void contents(Path folder) throws IOException {
    Optional<Contents> contents;
    try {
      contents = Entry.listedByName(folder);
    } catch (DamagedFileException e) {
      found(e.file(), e.reason(), TRAINED_AGAIN, () -> EntryRemoval.forget(folder));
      return;
    }
    if (contents.isPresent()) {
      Entry entry = new Entry(folder, contents.get().address());
      listed(entry, contents.get(), Entry.MEASUREMENT, TRAINED_AGAIN);
      // Where the row was removed, its steps are no more listed.
      if (contents.get().files().containsKey(Entry.STEPS) && entry.isListed()) {
        listed(entry, contents.get(), Entry.STEPS, "remove it; its steps count as not measured");
      }
    }
  }

  private void listed(Entry entry, Contents contents, String name, String what) throws IOException {
    try {
      entry.check(contents, name);
    } catch (DamagedFileException e) {
      found(e.file(), e.reason(), what, () -> entry.removal().removeDamaged(ignored -> {}));
    }
  }

  /** States and checkpoints, and the steps that a checkpoint counts on. */
  private void states(Path folder) throws IOException {
    boolean stepsSeen = false;
    for (String name : List.of(Entry.STATE, Checkpoints.NEWEST, Checkpoints.PREVIOUS)) {
      Optional<CheckpointFile> read = state(folder, folder.resolve(name));
      if (!stepsSeen && read.filter(state -> StepsMark.isIn(state.marks())).isPresent()) {
        stepsSeen = true;
        stepsSoFar(folder.resolve(Entry.STEPS_SO_FAR), read.get());
      }
    }
  }

  private Optional<CheckpointFile> state(Path folder, Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      CheckpointFile read = CheckpointFile.read(Files.readAllBytes(file));
      if (read.identity().startsWith(folder.getFileName().toString())) {
        return Optional.of(read);
      }
      foundAndRemove(file, "it belongs to another period", FROM_EARLIER);
    } catch (IOException damaged) {
      foundAndRemove(file, FileFailure.reason(damaged), FROM_EARLIER);
    }
    return Optional.empty();
  }

  private void stepsSoFar(Path file, CheckpointFile checkpoint) throws IOException {
    if (Files.exists(file) && StepsMark.find(file, checkpoint.marks()).isEmpty()) {
      foundAndRemove(file, "it has lost or changed rows", FROM_EARLIER);
    }
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
