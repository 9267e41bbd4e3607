package explr.figure;

import explr.file.AtomicFile;
import explr.file.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes figures to files: pages that need no network, and pictures. */
public final class Export {

  /** The result of writing pictures. */
  public sealed interface Pictures {

    /**
     * All pictures were written.
     *
     * @param files in the order of the request
     */
    record Written(List<Path> files) implements Pictures {}

    /**
     * No picture was written.
     *
     * @param reason what is missing or failed
     * @param remedy what to do about it
     */
    record NotWritten(String reason, String remedy) implements Pictures {}
  }

  private Export() {}

  /**
   * A self-contained page with the figures below each other.
   *
   * <p>It opens from disk, without a network, in browsers of 2023 and later. The page is a function
   * of the figures and of the version of plotly.js.
   */
  public static String html(List<Figure> figures) {
    String title = figures.stream().map(Figure::title).findFirst().orElse("Figures");
    String body = figures.stream().map(Export::element).collect(Collectors.joining("\n"));
    return resource("page.html")
        .replace("${title}", Html.withPowers(title))
        .replace("${figures}", body)
        .replace("${plotly}", PlotlyJs.packed());
  }

  /** Writes {@link #html} to a file, whole or not at all. */
  public static Path html(Figure figure, Path file) throws IOException {
    AtomicFile.write(file, html(List.of(figure)));
    return file;
  }

  /**
   * Writes figures as pictures with kaleido and Chrome or Chromium.
   *
   * <p>{@code BROWSER_PATH} names the browser; otherwise kaleido looks for one. Starting it takes
   * some seconds, so pass all figures and formats in one call.
   *
   * @param python of an environment with kaleido 1.5
   * @param figures by file, written in the map's order; the extension .png (at twice the screen's
   *     resolution), .svg, .pdf, .jpg or .webp decides the format
   * @return {@link Pictures.NotWritten} where kaleido or a browser is missing or takes minutes
   * @throws IllegalArgumentException if a file has another extension
   * @throws java.io.InterruptedIOException if the thread is interrupted; it remains interrupted
   * @throws IOException if the files cannot be written
   */
  public static Pictures pictures(Map<Path, Figure> figures, Path python) throws IOException {
    return Kaleido.draw(figures, python);
  }

  private static String element(Figure figure) {
    // In a script element only "</" could end the JSON early.
    String json = figure.toJson().replace("<", "\\u003c");
    return """
        <figure>
        <div class="plot" role="img" aria-label="%s"><div>%s</div></div>
        <script type="application/json">%s</script>
        <figcaption>%s</figcaption>
        </figure>"""
        .formatted(
            Html.escape(figure.alternativeText()),
            "This figure is drawn by JavaScript.",
            json,
            figure.captionHtml());
  }

  static String resource(String name) {
    return Resource.text(Export.class, name);
  }
}
