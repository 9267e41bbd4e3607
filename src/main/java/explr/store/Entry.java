package explr.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import explr.file.FileFailure;
import explr.file.Owner;
import explr.file.ProcessLock;
import explr.measurement.Timing;
import explr.training.Checkpoint;
import explr.training.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One period of training in a {@link Store}: reads and checks its files. {@link EntryWriter} writes
 * them, {@link EntryRemoval} removes them.
 *
 * @param folder of its files, which need not exist
 * @param address of its end
 */
record Entry(Path folder, Address address) {

  static final String MEASUREMENT = "measurement.csv";
  static final String STATE = "state.bin";
  static final String STEPS = "steps.csv";
  static final String STEPS_SO_FAR = "steps.partial.csv";
  static final String TIMING = "timing.jsonl";
  static final String LOCK = "lock";

  /** The end of a sentence about a state or checkpoint that is not used. */
  static final String FROM_EARLIER = "; training continues from an earlier state";

  /** How often a folder is created that another process removes before it is locked. */
  private static final int MOST_ATTEMPTS = 100;

  /** A file of the period. */
  Path file(String name) {
    return folder.resolve(name);
  }

  EntryWriter writer() {
    return new EntryWriter(this);
  }

  EntryRemoval removal() {
    return new EntryRemoval(this);
  }

  /**
   * The checksums of the period, which are not compared with its files.
   *
   * @return empty if the period is not done
   * @throws DamagedFileException if the checksums' file is damaged
   */
  private Optional<PeriodChecksums> checksums() throws IOException {
    Optional<PeriodChecksums> checksums = PeriodChecksums.read(folder);
    if (checksums.isPresent()) {
      if (!checksums.get().address().equals(address)) {
        throw damaged(PeriodChecksums.FILE, "it belongs to another period");
      }
      if (!checksums.get().files().containsKey(MEASUREMENT)) {
        throw damaged(PeriodChecksums.FILE, "it names no " + MEASUREMENT);
      }
    }
    return checksums;
  }

  /**
   * The checksums of the period, after a check of all its files.
   *
   * @return empty if the period is not done
   * @throws DamagedFileException if a file of it is damaged
   */
  Optional<PeriodChecksums> verified() throws IOException {
    Optional<PeriodChecksums> checksums = checksums();
    if (checksums.isPresent()) {
      for (String name : new TreeSet<>(checksums.get().files().keySet())) {
        if (read(checksums.get(), name).isEmpty()) {
          return verified();
        }
      }
    }
    return checksums;
  }

  /**
   * The same for a folder of which only the name is known: the beginning of the address.
   *
   * @throws DamagedFileException if a file of it is damaged, or the folder has another name
   */
  static Optional<PeriodChecksums> verifiedIn(Path folder) throws IOException {
    Optional<PeriodChecksums> listed = checksumsIn(folder);
    return listed.isEmpty() ? listed : new Entry(folder, listed.get().address()).verified();
  }

  /** The same without a check of the files that the checksums name. */
  static Optional<PeriodChecksums> checksumsIn(Path folder) throws IOException {
    Optional<PeriodChecksums> listed = PeriodChecksums.read(folder);
    if (listed.isPresent()) {
      Address address = listed.get().address();
      if (!folder.getFileName().toString().equals(address.folderName())) {
        throw DamagedFileException.ofPeriod(
            folder.resolve(PeriodChecksums.FILE), "it belongs to another period", null);
      }
      return new Entry(folder, address).checksums();
    }
    return listed;
  }

  /** Whether the period is listed as done. */
  boolean isDone() {
    return Files.exists(file(PeriodChecksums.FILE));
  }

  /**
   * Checks a file that belongs to the period.
   *
   * @throws DamagedFileException if it is damaged
   */
  void check(PeriodChecksums checksums, String name) throws IOException {
    read(checksums, name);
  }

  /** Reads and checks a file; empty if another process has removed it from the period meanwhile. */
  private Optional<byte[]> read(PeriodChecksums checksums, String name) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file(name));
    } catch (NoSuchFileException missing) {
      // A process that removes a file removes its checksum first.
      if (checksums().filter(now -> now.files().containsKey(name)).isEmpty()) {
        return Optional.empty();
      }
      throw damaged(name, "it is missing");
    }
    Optional<String> mismatch = checksums.files().get(name).mismatch(bytes);
    if (mismatch.isPresent()) {
      throw damaged(name, mismatch.get());
    }
    return Optional.of(bytes);
  }

  DamagedFileException damaged(String name, String reason) {
    return DamagedFileException.ofPeriod(file(name), reason, null);
  }

  /**
   * Whether the period was trained and measured.
   *
   * @throws DamagedFileException if its row cannot be read
   */
  boolean hasRow() throws IOException {
    return has(MEASUREMENT);
  }

  /**
   * Whether each of its steps was measured as well.
   *
   * @throws DamagedFileException if they cannot be read
   */
  boolean hasSteps() throws IOException {
    return has(STEPS);
  }

  private boolean has(String name) throws IOException {
    Optional<PeriodChecksums> checksums =
        checksums().filter(found -> found.files().containsKey(name));
    return checksums.isPresent() && read(checksums.get(), name).isPresent();
  }

  /** Header and row of a period that is done. */
  List<String> measurement() throws IOException {
    return lines(MEASUREMENT);
  }

  /** Header and a row per step, of a period that is done with its steps. */
  List<String> steps() throws IOException {
    return lines(STEPS);
  }

  private List<String> lines(String name) throws IOException {
    Optional<PeriodChecksums> checksums =
        checksums().filter(found -> found.files().containsKey(name));
    Optional<byte[]> bytes = checksums.isPresent() ? read(checksums.get(), name) : Optional.empty();
    return new String(
            bytes.orElseThrow(() -> new IOException(file(name) + " was removed meanwhile")), UTF_8)
        .lines()
        .toList();
  }

  /**
   * The run at the end of the period, if it was kept and can be read.
   *
   * @param notice receives a sentence if it cannot be read
   * @throws LaterVersionException if a later version wrote it: training would replace it
   */
  Optional<Checkpoint> state(Consumer<String> notice) throws IOException {
    Path file = file(STATE);
    try {
      return Optional.of(Checkpoints.read(file, address).checkpoint());
    } catch (NoSuchFileException notKept) {
      return Optional.empty();
    } catch (LaterVersionException notDamaged) {
      throw notDamaged;
    } catch (IOException damaged) {
      notice.accept(file + ": " + FileFailure.reason(damaged) + FROM_EARLIER);
      return Optional.empty();
    }
  }

  boolean hasState() {
    return Files.exists(file(STATE));
  }

  /**
   * The run within the period, if it stopped there and can be continued.
   *
   * @param withSteps whether each step before it must have been recorded
   * @param notice receives a sentence if it cannot be continued
   */
  Optional<CheckpointFile> checkpoint(boolean withSteps, Consumer<String> notice)
      throws IOException {
    return checkpoints()
        .newest(found -> withSteps ? lacksSteps(found.marks()) : Optional.empty(), notice);
  }

  private Optional<String> lacksSteps(Map<String, Long> marks) throws IOException {
    Path log = file(STEPS_SO_FAR);
    if (!StepsMark.isIn(marks)) {
      return Optional.of(folder + " has a checkpoint before which steps were not measured");
    }
    return StepsMark.find(log, marks).isPresent()
        ? Optional.empty()
        : Optional.of(log + " is damaged: " + StepsMark.LOST_ROWS);
  }

  Checkpoints checkpoints() {
    return new Checkpoints(folder, address);
  }

  List<Timing> timings(Consumer<String> notice) throws IOException {
    return Timing.read(file(TIMING), notice);
  }

  /** Creates the folder and locks it; empty if another process or thread holds the lock. */
  Optional<ProcessLock> lock() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        Files.createDirectories(folder);
        return ProcessLock.on(file(LOCK));
      } catch (NoSuchFileException removedMeanwhile) {
        if (attempt == MOST_ATTEMPTS) {
          throw removedMeanwhile;
        }
      }
    }
  }

  /** Who holds the lock, as the subject of a sentence. */
  String whoTrains() {
    Optional<Owner> owner = ProcessLock.owner(file(LOCK));
    if (owner.filter(Owner::isHere).isPresent()) {
      return "another thread of this process";
    }
    return "another process" + owner.map(process -> " (" + process + ")").orElse("");
  }

  /** Sets the date of its last use to now. */
  void markUsed() throws IOException {
    UseDate.update(file(PeriodChecksums.FILE));
  }
}
