package explr.figure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import explr.experiment.Curve;
import explr.experiment.FigureRuns;
import explr.experiment.PaperFigure;
import explr.figure.Export.Pictures;
import explr.machine.JavaCommand;
import explr.paper.PaperFigures;
import explr.paper.SyntheticRuns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {

  private static final Figure FIGURE =
      PaperFigures.draw(
          PaperFigure.FIGURE_1,
          new FigureRuns(
              Map.of(
                  Curve.EXPONENTIAL, List.of(SyntheticRuns.run(1, 12, 0.2)),
                  Curve.WEIGHT_DECAY, List.of(SyntheticRuns.run(2, 12, 0))),
              SyntheticRuns.WEIGHT,
              List.of(),
              "</script> & \"quotes\""));

  @TempDir Path folder;

  @Test
  void aPageHoldsPlotlyItself() throws IOException {
    String page = Files.readString(Export.html(FIGURE, folder.resolve("figure.html")));

    Matcher packed = Pattern.compile("id=\"plotly\">([^<]+)<").matcher(page);
    assertThat(packed.find()).isTrue();
    byte[] gzip = Base64.getDecoder().decode(packed.group(1));
    byte[] source = new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
    assertThat(new String(source, 0, 200, UTF_8)).contains("plotly.js v" + PlotlyJs.version());
  }

  @Test
  void aPageAsksForNothingElse() {
    assertThat(Export.html(List.of(FIGURE)).replace(PlotlyJs.packed(), ""))
        .doesNotContain("src=")
        .doesNotContain("href=")
        .doesNotContain("http");
  }

  @Test
  void aFiguresTextCannotEndItsScript() {
    String page = Export.html(List.of(FIGURE));
    assertThat(page.split("</script>", -1)).hasSize(1 + 3);
    assertThat(page).contains("\\u003c/script> & \\\"quotes\\\"");
  }

  @Test
  void severalFiguresShareOnePlotly() {
    String page = Export.html(List.of(FIGURE, FIGURE));
    assertThat(page.split("<figure>", -1)).hasSize(3);
    assertThat(page.split("id=\"plotly\"", -1)).hasSize(2);
  }

  @Test
  void captionAndAlternativeTextAreInThePage() {
    Figure figure =
        new Figure(
            List.of(),
            Map.of(
                "meta", Map.of("alt", "a \"line\"", "caption", "grows from 10^-5.8 to 10^26.1.")));
    assertThat(Export.html(List.of(figure)))
        .contains("aria-label=\"a &quot;line&quot;\"")
        .contains("<figcaption>grows from 10<sup>−5.8</sup> to 10<sup>26.1</sup>.</figcaption>");
  }

  @Test
  void withoutPythonTheAnswerSaysWhatIsMissing() throws IOException {
    Pictures answer =
        Export.pictures(Map.of(folder.resolve("a.png"), FIGURE), folder.resolve("python"));

    assertThat(answer).isInstanceOf(Pictures.NotWritten.class);
    assertThat(answer.toString()).contains("no Python at").contains("kaleido==1.5.0");
    assertThat(folder.resolve("a.png")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "3, has no kaleido, pip install kaleido==1.5.0",
    "4, found no Chrome or Chromium, BROWSER_PATH",
    "1, ended with code 1: boom, browser starts",
  })
  void whatKaleidoLacksIsSaidWithItsRemedy(int exit, String reason, String remedy)
      throws IOException {
    Path python = python("echo boom\nexit " + exit);

    Pictures answer = Export.pictures(Map.of(folder.resolve("a.png"), FIGURE), python);

    assertThat(answer).isInstanceOf(Pictures.NotWritten.class);
    assertThat(answer.toString()).contains(reason).contains(remedy);
    assertThat(folder.resolve("a.png")).doesNotExist();
  }

  @Test
  void whatTakesTooLongIsSaidToTakeTooLong() throws IOException {
    Pictures answer =
        Kaleido.draw(
            Map.of(folder.resolve("a.png"), FIGURE),
            python("exec sleep 60"),
            Duration.ofSeconds(1));

    assertThat(answer)
        .isEqualTo(
            new Pictures.NotWritten(
                "kaleido took longer than 1 s",
                "ask for fewer pictures at once, or again when this machine has less to do"));
  }

  @Test
  void anInterruptEndsTheWaitAndStaysMarked() throws IOException {
    Path started = folder.resolve("started");
    Path python = python("touch '" + started + "'\nexec sleep 60");
    Thread waiting = Thread.currentThread();
    new Thread(
            () -> {
              while (!Files.exists(started)) {
                Thread.onSpinWait();
              }
              waiting.interrupt();
            })
        .start();

    assertThatThrownBy(() -> Export.pictures(Map.of(folder.resolve("a.png"), FIGURE), python))
        .isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  /** Another process, which draws a picture. */
  static final class Draws {
    public static void main(String[] arguments) throws IOException {
      System.out.println(
          Export.pictures(Map.of(Path.of(arguments[1]), FIGURE), Path.of(arguments[0])));
    }
  }

  private Process draw(Path python, Path temporary) throws IOException {
    List<String> command =
        new ArrayList<>(
            JavaCommand.of(
                Draws.class, List.of(python.toString(), folder.resolve("a.png").toString())));
    command.add(1, "-Djava.io.tmpdir=" + temporary);
    return new ProcessBuilder(command).start();
  }

  @Test
  void thePicturesOfAKilledProcessGoWithTheNextOnesThatAreDrawn() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path started = folder.resolve("started");
    // What a browser writes lies in the same folder.
    Path python = python("mkdir \"$TMPDIR\"/browser; touch '" + started + "'\nexec sleep 600");
    Process drawing = draw(python, temporary);
    while (!Files.exists(started)) {
      assertThat(drawing.isAlive()).isTrue();
      Thread.onSpinWait();
    }
    List<ProcessHandle> browsers = drawing.descendants().toList();
    drawing.destroyForcibly().waitFor();
    browsers.forEach(ProcessHandle::destroyForcibly);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("explr")))
          .singleElement()
          .satisfies(path -> assertThat(path.resolve("plotly.js")).exists())
          .satisfies(path -> assertThat(path.resolve("browser")).exists());
    }
    Process next = draw(python("exit 3"), temporary);
    assertThat(new String(next.getInputStream().readAllBytes(), UTF_8)).contains("has no kaleido");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("explr"))).isEmpty();
    }
  }

  /** A shell script in the place of a Python. */
  private Path python(String script) throws IOException {
    assumeThat(Path.of("/bin/sh")).as("a shell, to play a Python").isExecutable();
    Path python = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script);
    assertThat(python.toFile().setExecutable(true)).isTrue();
    return python;
  }

  @Test
  void anUnknownFormatIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Export.pictures(Map.of(Path.of("a.bmp"), FIGURE), folder))
        .withMessageContaining("a.bmp");
  }

  @Test
  void picturesAreDrawnWhereKaleidoAndABrowserAre() throws IOException {
    Path python = python();
    Path png = folder.resolve("a.png");
    Path svg = folder.resolve("a.svg");
    Path zoomed = folder.resolve("zoomed.svg");

    Map<Path, Figure> wanted = new LinkedHashMap<>();
    wanted.put(png, FIGURE);
    wanted.put(svg, FIGURE);
    wanted.put(zoomed, zoomed(2, 4));
    Pictures answer = Export.pictures(wanted, python);

    // The answer says what is missing on this machine.
    assumeTrue(answer instanceof Pictures.Written, answer.toString());
    assertThat(answer).isEqualTo(new Pictures.Written(List.of(png, svg, zoomed)));
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(2 * Style.WIDTH);
    assertThat(Files.readString(svg)).startsWith("<svg").contains("weight decay, test");
    assertThat(labels(Files.readString(zoomed)))
        .contains("2", "2.5", "3", "3.5", "4")
        .doesNotHaveDuplicates();
  }

  /** Epochs as whoever zooms into them sees them. */
  private static Figure zoomed(double from, double to) {
    Map<String, Object> layout = new LinkedHashMap<>(FIGURE.layout());
    Map<String, Object> epochs = new LinkedHashMap<>();
    ((Map<?, ?>) layout.get("xaxis")).forEach((key, value) -> epochs.put((String) key, value));
    epochs.put("range", List.of(from, to));
    layout.put("xaxis", epochs);
    return new Figure(FIGURE.data(), layout);
  }

  /** The labels of the first axis across. */
  private static List<String> labels(String svg) {
    return Pattern.compile("class=\"xtick\"><text[^>]*>([^<]*)<")
        .matcher(svg)
        .results()
        .map(label -> label.group(1))
        .toList();
  }

  private static Path python() {
    String python = System.getenv("EXPLR_PYTHON");
    assumeTrue(python != null, "EXPLR_PYTHON names no python with kaleido: no picture drawn");
    return Path.of(python);
  }
}
