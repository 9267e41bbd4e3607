package explr.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Files that processes were writing aside when they were killed.
 *
 * <p>Such a file is named after its process, {@code .NAME.PID-N@HOST.new}. It is a leftover if that
 * process has ended; one of another computer, of which this one cannot know, is a leftover after a
 * day.
 */
public final class Leftovers {

  private static final Pattern ASIDE =
      Pattern.compile("\\..+\\.(\\d{1,18})(?:-\\d+)?(?:@([A-Za-z0-9._-]+))?\\.new");

  /** How version 0.1.0 tried whether a folder can be written to. */
  private static final Pattern TRIED = Pattern.compile("writable\\d+\\.tmp");

  /** Of the folders that commands write to: runs in results, periods in a store. */
  private static final int DEPTH = 3;

  private static final AtomicLong WRITTEN = new AtomicLong();

  private static final Duration LONG_ELSEWHERE = Duration.ofDays(1);
  private static final Duration LONG_TO_TRY = Duration.ofMinutes(1);

  private Leftovers() {}

  /** Where this process writes a file aside. */
  static Path aside(Path file) {
    Owner here = Owner.here();
    return file.resolveSibling(
        String.format(
            Locale.ROOT,
            ".%s.%s-%s@%s.new",
            file.getFileName(),
            Long.toString(here.pid()),
            Long.toString(WRITTEN.incrementAndGet()),
            here.host()));
  }

  /** Removes the leftovers of one file, to be written now. */
  static void removeOf(Path file) throws IOException {
    String name = "." + file.getFileName() + ".";
    for (Path found : in(file.toAbsolutePath().getParent(), 1)) {
      if (found.getFileName().toString().startsWith(name)) {
        Files.deleteIfExists(found);
      }
    }
  }

  /**
   * Removes the leftovers in a folder, and in folders in it up to a file's third name.
   *
   * @return what was removed
   */
  public static List<Path> remove(Path folder) throws IOException {
    List<Path> found = in(folder, DEPTH);
    for (Path file : found) {
      Files.deleteIfExists(file);
    }
    return found;
  }

  /** The same leftovers; none if there is no such folder. */
  public static List<Path> in(Path folder) throws IOException {
    return in(folder, DEPTH);
  }

  private static List<Path> in(Path folder, int depth) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        folder,
        Set.of(),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && isOne(file)) {
              found.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException goneOrNotOurs) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException goneMeanwhile) {
            return FileVisitResult.CONTINUE;
          }
        });
    return List.copyOf(found);
  }

  private static boolean isOne(Path file) {
    String name = file.getFileName().toString();
    Matcher aside = ASIDE.matcher(name);
    boolean tried = TRIED.matcher(name).matches();
    if (!tried && !aside.matches()) {
      return false;
    }
    try {
      Instant wrote = Files.getLastModifiedTime(file).toInstant();
      Duration age = Duration.between(wrote, Instant.now());
      if (tried) {
        return Files.size(file) == 0 && age.compareTo(LONG_TO_TRY) > 0;
      }
      // Version 0.1.0 did not name the computer.
      String host = aside.group(2) == null ? Owner.here().host() : aside.group(2);
      Owner writer = new Owner(Long.parseLong(aside.group(1)), host);
      return !writer.isHere()
          && (!writer.mayLive(wrote)
              || (!host.equals(Owner.here().host()) && age.compareTo(LONG_ELSEWHERE) > 0));
    } catch (IOException gone) {
      return false;
    }
  }

  /** Removes a folder with all that is in it; nothing if it is not there. */
  public static void removeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> inside = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(inside::add);
    }
    for (Path file : inside) {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        removeFolder(file);
      } else {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
