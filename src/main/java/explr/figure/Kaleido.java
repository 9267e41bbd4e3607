package explr.figure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import explr.figure.Export.Pictures;
import explr.file.AtomicFile;
import explr.file.TemporaryFolder;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Pictures by kaleido, a Python package that lets a headless browser draw. */
final class Kaleido {

  private static final Set<String> FORMATS = Set.of("png", "svg", "pdf", "jpg", "webp");
  private static final int SCALE = 2;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int NO_KALEIDO = 3;
  private static final int NO_BROWSER = 4;

  private Kaleido() {}

  static Pictures draw(Map<Path, Figure> figures, Path python) throws IOException {
    return draw(figures, python, LIMIT);
  }

  /** Stops after {@code limit}. */
  static Pictures draw(Map<Path, Figure> figures, Path python, Duration limit) throws IOException {
    figures.keySet().forEach(Kaleido::format);
    if (!Files.isExecutable(python)) {
      return new Pictures.NotWritten(
          "there is no Python at " + python,
          "give the python of an environment in which 'pip install kaleido==1.5.0' was done");
    }
    try (TemporaryFolder folder = TemporaryFolder.named("explr-pictures")) {
      return run(figures, python, folder.path(), limit);
    }
  }

  private static Pictures run(Map<Path, Figure> figures, Path python, Path folder, Duration limit)
      throws IOException {
    List<Path> files = List.copyOf(figures.keySet());
    Path script = Files.write(folder.resolve("plotly.js"), PlotlyJs.source());
    List<Path> drafts = new ArrayList<>();
    for (Path file : files) {
      drafts.add(folder.resolve(drafts.size() + "." + format(file)));
    }
    Path job =
        Files.writeString(
            folder.resolve("job.json"), job(List.copyOf(figures.values()), script, drafts), UTF_8);
    Path output = folder.resolve("output.txt");
    ProcessBuilder kaleido =
        new ProcessBuilder(python.toString(), "-I", "-c", Export.resource("images.py"))
            .redirectInput(job.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    // The browser's own files, too, are to go with the folder.
    kaleido.environment().put("TMPDIR", folder.toString());
    OptionalInt exit = await(kaleido.start(), limit);
    if (exit.isEmpty()) {
      return new Pictures.NotWritten(
          "kaleido took longer than %d s".formatted(limit.toSeconds()),
          "ask for fewer pictures at once, or again when this machine has less to do");
    }
    if (exit.getAsInt() != 0) {
      return notWritten(exit.getAsInt(), Files.readString(output, UTF_8).strip(), python);
    }
    for (int i = 0; i < files.size(); i++) {
      AtomicFile.write(files.get(i), Files.readAllBytes(drafts.get(i)));
    }
    return new Pictures.Written(List.copyOf(files));
  }

  private static String job(List<Figure> figures, Path script, List<Path> drafts) {
    List<Map<String, Object>> pictures = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      pictures.add(picture(figures.get(i), drafts.get(i)));
    }
    return new Gson().toJson(Map.of("plotlyjs", script.toString(), "pictures", pictures));
  }

  private static Map<String, Object> picture(Figure figure, Path draft) {
    Map<String, Object> picture = new LinkedHashMap<>();
    picture.put("figure", JsonParser.parseString(figure.toJson()));
    picture.put("format", format(draft));
    picture.put("file", draft.toString());
    picture.put("width", figure.layout().getOrDefault("width", Style.WIDTH));
    picture.put("height", figure.layout().getOrDefault("height", Style.WIDTH / 2));
    picture.put("scale", SCALE);
    return picture;
  }

  private static Pictures notWritten(int exit, String output, Path python) {
    return switch (exit) {
      case NO_KALEIDO ->
          new Pictures.NotWritten(
              python + " has no kaleido (" + output + ")",
              python + " -m pip install kaleido==1.5.0");
      case NO_BROWSER ->
          new Pictures.NotWritten(
              "kaleido found no Chrome or Chromium (" + output.split("\\. ", 2)[0] + ")",
              "install one (Debian, Ubuntu: apt install chromium; macOS: brew install --cask"
                  + " google-chrome), or set BROWSER_PATH to its executable");
      default ->
          new Pictures.NotWritten(
              "kaleido ended with code " + exit + ": " + lastLine(output),
              "check that the browser starts: BROWSER_PATH --headless --version");
    };
  }

  /** Of a Python traceback the line that says what was wrong. */
  private static String lastLine(String output) {
    return output.strip().lines().reduce("", (before, line) -> line);
  }

  /** The exit code; none where it took too long. */
  private static OptionalInt await(Process process, Duration limit) throws IOException {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
          ? OptionalInt.of(process.exitValue())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while kaleido drew").initCause(e);
    } finally {
      // The browser is a child of the child.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static String format(Path file) {
    String name = file.getFileName().toString();
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    if (!FORMATS.contains(format)) {
      throw new IllegalArgumentException(
          "a picture's file ends in one of "
              + FORMATS.stream().sorted().toList()
              + ", not "
              + file);
    }
    return format;
  }
}
