package explr.notebook;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Properties;
import java.util.zip.GZIPOutputStream;

/**
 * plotly.js as one output of a notebook, packed, for pages that have neither a kernel nor a
 * network.
 *
 * <p>The output defines {@code window.explrPlotly}, a function that unpacks the library when it is
 * first called and promises it; then it tells those who came earlier by the event {@code
 * explr-plotly}.
 */
final class PlotlyScript {

  private static final String WEBJAR = "/META-INF/resources/webjars/plotly.js-dist/";
  private static final String WEBJAR_PROPERTIES =
      "/META-INF/maven/org.webjars.npm/plotly.js-dist/pom.properties";

  // Evaluated with a module of its own: the page may have a loader of modules, or another Plotly,
  // which must
  // not see this one.
  private static final String LOADER =
      """
      <script>(() => {
        if (window.explrPlotly) return;
        const packed = "%s";
        const unpack = async () => {
          const bytes = Uint8Array.from(atob(packed), c => c.charCodeAt(0));
          const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
          const source = await new Response(stream).text();
          const module = {exports: {}}, theirs = window.Plotly;
          new Function("module", "exports", "define", "require", source)(module, module.exports);
          if (theirs) window.Plotly = theirs;
          return module.exports;
        };
        let plotly;
        window.explrPlotly = () => plotly ??= unpack();
        window.dispatchEvent(new Event("explr-plotly"));
      })()</script>""";

  private PlotlyScript() {}

  /** The output that loads plotly.js. */
  static Bundle bundle() {
    return Bundle.html(
        LOADER.formatted(Packed.BASE64), "plotly.js, for pages made from this notebook");
  }

  /** Packed at the first use: it takes half a second. */
  private static final class Packed {
    static final String BASE64 = pack();

    private static String pack() {
      try (InputStream source = open(WEBJAR + version() + "/plotly.js")) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          source.transferTo(gzip);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException("plotly.js cannot be read from its jar", e);
      }
    }

    private static String version() throws IOException {
      try (InputStream stream = open(WEBJAR_PROPERTIES)) {
        Properties properties = new Properties();
        properties.load(stream);
        return properties.getProperty("version");
      }
    }

    private static InputStream open(String path) throws IOException {
      InputStream stream = PlotlyScript.class.getResourceAsStream(path);
      if (stream == null) {
        throw new FileNotFoundException(
            path + " is not on the class path, to which the jar plotly.js-dist belongs");
      }
      return stream;
    }
  }
}
