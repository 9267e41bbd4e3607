package explr.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * CIFAR-10 in its official binary layout: 50,000 training and 10,000 test images of 32 × 32 pixels
 * in ten classes (A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009).
 *
 * <p>The folder {@code cifar-10-batches-bin} holds {@code data_batch_1.bin} … {@code
 * data_batch_5.bin} and {@code test_batch.bin}, each 10,000 records of 3073 bytes: the label, then
 * 1024 bytes each of red, green and blue, row by row.
 */
public final class Cifar10 {

  /** The environment variable that may name the folder; see {@link #locate}. */
  public static final String VARIABLE = "EXPLR_CIFAR10";

  /** What {@link #download} transfers, in bytes; unpacked it takes 184 MB. */
  public static final long DOWNLOAD_BYTES = 170_052_171;

  /** The names of the labels 0…9. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  static final String FOLDER = "cifar-10-batches-bin";
  static final List<String> TRAIN_FILES =
      IntStream.rangeClosed(1, 5).mapToObj(i -> "data_batch_" + i + ".bin").toList();
  static final String TEST_FILE = "test_batch.bin";
  static final int RECORD = 1 + Images.VALUES;
  private static final int RECORDS_PER_FILE = 10_000;

  private static final Download OFFICIAL =
      new Download(
          URI.create("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"),
          DOWNLOAD_BYTES,
          "c32a1d4ab5d03f1284b67883e8d87530");

  private Cifar10() {}

  /**
   * Which folder to read, if one was named: the one given, else the one in the environment
   * variable.
   *
   * <p>The library does not look at the environment; a command or notebook passes {@code
   * System.getenv(Cifar10.VARIABLE)} here. A folder that was named but is not there is an error,
   * never passed over.
   *
   * @param folder the folder given by option or argument, or null
   * @param variable the value of {@link #VARIABLE}, or null; blank counts as unset
   * @return the folder with the data files, or empty if neither is given
   * @throws DataException if the folder named lacks a data file
   */
  public static Optional<Path> locate(Path folder, String variable) {
    if (folder != null) {
      return Optional.of(batchesIn(folder, ""));
    }
    if (variable != null && !variable.isBlank()) {
      return Optional.of(
          batchesIn(path(variable), " (from the environment variable " + VARIABLE + ")"));
    }
    return Optional.empty();
  }

  private static Path path(String variable) {
    try {
      return Path.of(variable);
    } catch (InvalidPathException e) {
      throw new DataException(
          "the environment variable %s names no folder: %s; correct or unset it"
              .formatted(VARIABLE, e.getMessage()),
          e);
    }
  }

  /**
   * Reads all images, in the order of the files. Where these are not the official ones, by their
   * SHA-256, the name of the images says so, and how many of them are there more than once.
   *
   * @param folder {@code cifar-10-batches-bin} or the folder that contains it
   * @throws DataException if a file is missing, has another size than expected, or holds a label
   *     above 9
   */
  public static Dataset read(Path folder) {
    return read(folder, RECORDS_PER_FILE);
  }

  static Dataset read(Path folder, int recordsPerFile) {
    return read(folder, recordsPerFile, Cifar10Origin.OFFICIAL);
  }

  static Dataset read(Path folder, int recordsPerFile, Map<String, String> official) {
    Path batches = batchesIn(folder, "");
    Cifar10Origin origin = new Cifar10Origin(official);
    Images train = read(batches, TRAIN_FILES, recordsPerFile, origin);
    Images test = read(batches, List.of(TEST_FILE), recordsPerFile, origin);
    return new Dataset(origin.describe(train, test), train, test, CLASSES, Normalization.CIFAR10);
  }

  /**
   * Downloads the official archive (170 MB), or what is missing of it, checks it and unpacks it. A
   * folder that is complete already is left as it is.
   *
   * @param folder where {@code cifar-10-batches-bin} will lie; made if need be; nothing is written
   *     outside it
   * @return the folder with the data files, for {@link #read}
   * @throws DataException if the transfer fails (what has arrived is kept, and a second call goes
   *     on from there), the archive has another checksum, or the disk is full
   */
  public static Path download(Path folder, DownloadProgress progress) {
    return download(folder, OFFICIAL, RECORDS_PER_FILE, progress);
  }

  @SuppressWarnings("try") // the lock is held, not used
  static Path download(
      Path folder, Download source, int recordsPerFile, DownloadProgress progress) {
    Path batches = folder.resolve(FOLDER);
    try {
      Files.createDirectories(folder);
      try (FileChannel channel =
              FileChannel.open(
                  folder.resolve(".cifar-10.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = lock(channel, folder)) {
        if (!Files.exists(batches)) {
          Path archive = folder.resolve("cifar-10-binary.tar.gz");
          source.to(archive, progress);
          unpack(archive, batches, recordsPerFile);
          Files.delete(archive);
        }
      }
    } catch (ClosedByInterruptException e) {
      throw new DataException(
          "the download was interrupted; what has arrived is kept, and the next attempt goes on"
              + " from there",
          e);
    } catch (IOException e) {
      throw new DataException(
          "cannot write CIFAR-10 into %s: %s; it needs 360 MB of free disk, or name another folder"
              .formatted(folder.toAbsolutePath(), e),
          e);
    }
    checkSizes(batches, recordsPerFile);
    return batches;
  }

  private static FileLock lock(FileChannel channel, Path folder) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (OverlappingFileLockException e) {
      // Held by another thread of this process: the same to the caller as by another process.
    }
    throw new DataException(
        "another download into %s is under way; wait until it has ended, or name another folder"
            .formatted(folder.toAbsolutePath()));
  }

  /** Unpacks beside the final place and moves the complete folder there. */
  private static void unpack(Path archive, Path batches, int recordsPerFile) throws IOException {
    Path work = batches.resolveSibling(".cifar-10-unpacking");
    deleteTree(work);
    Files.createDirectories(work);
    try {
      try (InputStream in =
          new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
        Tar.unpack(in, work);
      }
      Path unpacked = batchesIn(work.resolve(FOLDER), " (unpacked from " + archive + ")");
      checkSizes(unpacked, recordsPerFile);
      Files.move(unpacked, batches);
    } finally {
      deleteTree(work);
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Path batchesIn(Path folder, String origin) {
    for (Path candidate : List.of(folder, folder.resolve(FOLDER))) {
      if (Files.exists(candidate.resolve(TEST_FILE))) {
        return candidate;
      }
    }
    String what = Files.isDirectory(folder) ? "holds no " + TEST_FILE : "is not a folder";
    throw new DataException(
        ("%s%s %s; name the folder %s of CIFAR-10's binary version or the one that contains it,"
                + " download it, or use the embedded sample")
            .formatted(folder.toAbsolutePath(), origin, what, FOLDER));
  }

  private static void checkSizes(Path batches, int recordsPerFile) {
    for (String file : TRAIN_FILES) {
      checkSize(batches.resolve(file), recordsPerFile);
    }
    checkSize(batches.resolve(TEST_FILE), recordsPerFile);
  }

  private static void checkSize(Path file, int records) {
    long expected = (long) records * RECORD;
    if (!Files.isRegularFile(file)) {
      throw new DataException(
          "%s is missing; remove the folder and unpack or download CIFAR-10's binary version again"
              .formatted(file.toAbsolutePath()));
    }
    long found = sizeOf(file);
    if (found != expected) {
      throw new DataException(
          ("%s has %d bytes instead of %d (%d records of %d); it is %s:"
                  + " remove the folder and unpack or download CIFAR-10's binary version again")
              .formatted(
                  file.toAbsolutePath(),
                  found,
                  expected,
                  records,
                  RECORD,
                  found < expected ? "truncated" : "another file"));
    }
  }

  private static long sizeOf(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static Images read(
      Path batches, List<String> files, int recordsPerFile, Cifar10Origin origin) {
    int count = files.size() * recordsPerFile;
    byte[] pixels = new byte[count * Images.VALUES];
    byte[] labels = new byte[count];
    int image = 0;
    for (String name : files) {
      Path file = batches.resolve(name);
      checkSize(file, recordsPerFile);
      byte[] records = readAll(file);
      origin.add(name, records);
      for (int r = 0; r < recordsPerFile; r++, image++) {
        int label = records[r * RECORD] & 0xFF;
        if (label >= CLASSES.size()) {
          throw new DataException(
              ("record %d of %s (counted from 0) has the label %d, but labels are 0…9; the file is"
                      + " damaged or not CIFAR-10's binary version: unpack or download it again")
                  .formatted(r, file.toAbsolutePath(), label));
        }
        labels[image] = (byte) label;
        System.arraycopy(records, r * RECORD + 1, pixels, image * Images.VALUES, Images.VALUES);
      }
    }
    return new Images(pixels, labels);
  }

  private static byte[] readAll(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static DataException unreadable(Path file, IOException e) {
    return new DataException(
        "%s cannot be read: %s; see to its permissions and the disk"
            .formatted(file.toAbsolutePath(), e),
        e);
  }
}
