package explr.store;

import explr.file.AtomicFile;
import explr.file.Owner;
import explr.file.ProcessLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks every checksum of a store.
 *
 * <p>A damaged file is repaired by removing it, or by writing it from a copy; the next training of
 * its run writes it again. Periods that a process is training are not checked, nor are files that a
 * later version of this program wrote.
 *
 * @param findings receives what is damaged
 */
record Verification(Findings findings) {

  static final String WRITTEN_AGAIN = "remove it; it is written again when its run is trained";

  /**
   * Checks a whole store.
   *
   * @param repair whether damaged files are repaired
   * @param notice receives a sentence on what is not checked, and on what is missing
   */
  static List<DamagedFile> of(Store store, boolean repair, Consumer<String> notice)
      throws IOException {
    Findings findings = new Findings(repair, notice);
    Verification verification = new Verification(findings);
    for (StartFolder start : store.starts()) {
      if (start.isOfEarlierVersion()) {
        verification.checkEarlier(start);
      } else {
        verification.check(start);
      }
      if (repair) {
        start.removeIfEmpty();
      }
    }
    return findings.files();
  }

  private void check(StartFolder start) throws IOException {
    checkIdentity(start);
    for (Path file : LabelFile.all(start)) {
      try {
        LabelFile.read(file);
      } catch (LaterVersionException e) {
        findings.notice(e.getMessage());
      } catch (DamagedFileException e) {
        findings.addAndRemove(file, e.reason(), WRITTEN_AGAIN);
      }
    }
    for (Path folder : start.periods()) {
      ifIdle(folder, () -> new PeriodVerification(folder, findings).checkAll());
    }
  }

  private void checkIdentity(StartFolder start) throws IOException {
    boolean used = !start.periods().isEmpty() || !LabelFile.all(start).isEmpty();
    Optional<Identity> identity = start.identity();
    for (String name : List.of(StartFolder.IDENTITY, StartFolder.COPY)) {
      Path file = start.folder().resolve(name);
      Optional<String> mismatch = IdentityFile.mismatch(file, start.folder());
      if (mismatch.isEmpty()) {
        continue;
      }
      if (identity.isPresent()) {
        String text = identity.get().json();
        findings.add(
            file, mismatch.get(), "write it from its copy", () -> AtomicFile.write(file, text));
      } else if (Files.exists(file)) {
        findings.addAndRemove(file, mismatch.get(), WRITTEN_AGAIN);
      } else if (used) {
        findings.notice(file + " is missing; it is written when its run is trained next");
      }
    }
  }

  /** Checks only states: version 0.1.0 wrote its measurements without checksums. */
  private void checkEarlier(StartFolder start) throws IOException {
    for (Path folder : start.periods()) {
      ifIdle(folder, () -> new PeriodVerification(folder, findings).checkStates());
    }
  }

  /** Checks a period if no process trains it. To repair it, locks it. */
  private void ifIdle(Path folder, Uninterrupted.Action check) throws IOException {
    Path file = folder.resolve(Entry.LOCK);
    Optional<Owner> holder = ProcessLock.holder(file);
    Optional<ProcessLock> lock = Optional.empty();
    try {
      lock = findings.repair() && holder.isEmpty() ? ProcessLock.on(file) : Optional.empty();
    } catch (NoSuchFileException removedMeanwhile) {
      return;
    }
    if (holder.isPresent() || (findings.repair() && lock.isEmpty())) {
      findings.notice(
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
}
