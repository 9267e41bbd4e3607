package explr.store;

import explr.file.AtomicFile;
import explr.file.FileFailure;
import explr.measurement.Timing;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Checks the files of a period that no process trains. */
final class PeriodVerification {

  private static final String TRAINED_AGAIN = "remove it; the period is trained again";
  private static final String STEPS_NOT_MEASURED = "remove it; its steps count as not measured";
  private static final String FROM_EARLIER =
      "remove it; a run that needs it continues from an earlier state";

  private final Path folder;
  private final Findings findings;

  /** Whether a later version wrote a state or checkpoint. */
  private boolean later;

  /**
   * A check of one period.
   *
   * @param folder of the period
   * @param findings receives what is damaged
   */
  PeriodVerification(Path folder, Findings findings) {
    this.folder = folder;
    this.findings = findings;
  }

  /** Checks all files. */
  void checkAll() throws IOException {
    Path identity = folder.resolve(StartFolder.IDENTITY);
    Optional<String> mismatch = IdentityFile.mismatch(identity, folder);
    if (mismatch.isPresent() && Files.exists(identity)) {
      findings.addAndRemove(identity, mismatch.get(), Verification.WRITTEN_AGAIN);
    }
    checkMeasurements();
    checkStates();
    checkTimings();
  }

  private void checkMeasurements() throws IOException {
    Optional<PeriodChecksums> checksums;
    try {
      checksums = Entry.checksumsIn(folder);
    } catch (LaterVersionException e) {
      findings.notice(e.getMessage());
      return;
    } catch (DamagedFileException e) {
      findings.add(e.file(), e.reason(), TRAINED_AGAIN, () -> EntryRemoval.markNotDone(folder));
      return;
    }
    if (checksums.isPresent()) {
      Entry entry = new Entry(folder, checksums.get().address());
      checkListed(entry, checksums.get(), Entry.MEASUREMENT, TRAINED_AGAIN);
      // If the row was removed, the steps are no longer listed.
      if (checksums.get().files().containsKey(Entry.STEPS) && entry.isDone()) {
        checkListed(entry, checksums.get(), Entry.STEPS, STEPS_NOT_MEASURED);
      }
    }
  }

  private void checkListed(Entry entry, PeriodChecksums checksums, String name, String repair)
      throws IOException {
    try {
      entry.check(checksums, name);
    } catch (DamagedFileException e) {
      findings.add(
          e.file(), e.reason(), repair, () -> entry.removal().removeDamaged(ignored -> {}));
    }
  }

  /** Checks states and checkpoints, and the steps on which checkpoints rely. */
  void checkStates() throws IOException {
    read(folder.resolve(Entry.STATE));
    Optional<CheckpointFile> newest = read(folder.resolve(Checkpoints.NEWEST));
    Optional<CheckpointFile> previous = read(folder.resolve(Checkpoints.PREVIOUS));
    if (!later) {
      checkStepsSoFar(newest.filter(withSteps()), previous.filter(withSteps()));
    }
  }

  private static Predicate<CheckpointFile> withSteps() {
    return checkpoint -> StepsMark.isIn(checkpoint.marks());
  }

  /** Reads a state or checkpoint; empty if there is none that this version can use. */
  private Optional<CheckpointFile> read(Path file) throws IOException {
    try {
      CheckpointFile read = Checkpoints.read(file);
      if (read.identity().startsWith(folder.getFileName().toString())) {
        return Optional.of(read);
      }
      findings.addAndRemove(file, "it belongs to another period", FROM_EARLIER);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (LaterVersionException e) {
      later = true;
      findings.notice(e.getMessage());
    } catch (IOException damaged) {
      findings.addAndRemove(file, FileFailure.reason(damaged), FROM_EARLIER);
    }
    return Optional.empty();
  }

  /** Checks the log of steps against the checkpoints that rely on it. */
  private void checkStepsSoFar(Optional<CheckpointFile> newest, Optional<CheckpointFile> previous)
      throws IOException {
    Path log = folder.resolve(Entry.STEPS_SO_FAR);
    if (newest.isEmpty() && previous.isEmpty()) {
      return;
    }
    if (!Files.exists(log)) {
      findings.notice(log + " is missing; a training with --steps continues from an earlier state");
    } else if (!fits(log, newest.or(() -> previous))) {
      if (newest.isPresent() && fits(log, previous)) {
        Path file = folder.resolve(Checkpoints.NEWEST);
        findings.add(
            log,
            StepsMark.LOST_ROWS + " since the previous checkpoint",
            "remove the newest checkpoint; a run continues from the previous checkpoint",
            () -> Files.deleteIfExists(file));
      } else {
        findings.addAndRemove(log, StepsMark.LOST_ROWS, FROM_EARLIER);
      }
    }
  }

  private static boolean fits(Path log, Optional<CheckpointFile> checkpoint) throws IOException {
    return checkpoint.isPresent() && StepsMark.find(log, checkpoint.get().marks()).isPresent();
  }

  private void checkTimings() throws IOException {
    Path file = folder.resolve(Entry.TIMING);
    List<String> damaged = new ArrayList<>();
    List<Timing> valid = Timing.read(file, damaged::add);
    if (!damaged.isEmpty()) {
      String lines =
          valid.stream().map(timing -> timing.line() + "\n").collect(Collectors.joining());
      findings.add(
          file,
          damaged.size() + " of its lines have another checksum",
          "remove these lines; they only inform",
          () -> AtomicFile.write(file, lines));
    }
  }
}
