package explr.notebook;

import explr.figure.PlotlyJs;

/**
 * plotly.js as one output of a notebook, packed, for pages that have neither a kernel nor a
 * network.
 *
 * <p>The output defines {@code window.explrPlotly}, a function that unpacks the library when it is
 * first called and promises it; then it tells those who came earlier by the event {@code
 * explr-plotly}.
 */
final class PlotlyScript {

  // Evaluated with a module of its own: the page may have a loader of modules, or another Plotly,
  // which must not see this one.
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
        LOADER.formatted(PlotlyJs.packed()), "plotly.js, for pages made from this notebook");
  }
}
