package explr.notebook;

import explr.figure.Figure;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A figure that grows while a cell runs.
 *
 * <pre>{@code
 * try (var live = Live.show(() -> Figures.accuracy(table))) {
 *   while (...) {
 *     step();
 *     live.update();
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #update} may be called at every step: the figure is made and sent at most twice a
 * second. At the end, after an error or an interrupt too, an ordinary figure stays in the notebook,
 * whose file so grows with the figure alone, not with the number of updates. Outside a notebook
 * nothing is made and nothing shown.
 */
public final class Live implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

  // The id, the label, the height.
  private static final String PLACE =
      """
      <div id="%s" role="img" aria-label="%s" style="min-height:%dpx"></div>""";

  // The id, the figure, what stands there without plotly.js. Redraws in place, so nothing flickers;
  // uirevision keeps the reader's zoom.
  private static final String REDRAW =
      """
      <script>(async () => {
        const plotly = await window.explrPlotly?.(), place = document.getElementById("%1$s");
        if (!place) return;
        if (!plotly) return void (place.textContent = "%3$s");
        if (!place.data) place.textContent = "";
        const figure = %2$s;
        figure.layout.uirevision ??= "%1$s";
        plotly.react(place, figure.data, figure.layout, {responsive: true, displaylogo: false});
      })()</script>""";

  private final Optional<Notebook> notebook;
  private final Supplier<Figure> figure;
  private final LongSupplier clock;
  private final String place = UUID.randomUUID().toString();
  private final String script = UUID.randomUUID().toString();
  private long drawn;

  private Live(Optional<Notebook> notebook, Supplier<Figure> figure, LongSupplier clock) {
    this.notebook = notebook;
    this.figure = figure;
    this.clock = clock;
  }

  /**
   * Shows a figure below the running cell and keeps it there to be updated.
   *
   * @param figure what to draw, asked for again at each redrawing; called on the thread that calls
   *     {@link #update}
   */
  public static Live show(Supplier<Figure> figure) {
    return show(Notebook.current(), figure, System::nanoTime);
  }

  static Live show(Optional<Notebook> notebook, Supplier<Figure> figure, LongSupplier clock) {
    Live live = new Live(notebook, figure, clock);
    notebook.ifPresent(book -> uninterrupted(() -> live.open(book)));
    return live;
  }

  /** Redraws the figure if half a second has passed since it was last drawn. */
  public void update() {
    if (notebook.isPresent() && clock.getAsLong() - drawn >= PAUSE) {
      Bundle redraw = redraw(figure.get());
      uninterrupted(() -> notebook.get().frontend().update(script, redraw));
      drawn = clock.getAsLong();
    }
  }

  /** Draws the figure for the last time, as one that stays when the notebook is saved. */
  @Override
  public void close() {
    notebook.ifPresent(
        book ->
            uninterrupted(
                () -> {
                  book.frontend().update(script, Bundle.html("", ""));
                  book.frontend().update(place, FigureView.of(figure.get()));
                }));
  }

  // Two outputs: a place that is never replaced while the cell runs, and a script that is, again
  // and again.
  // Replacing the drawing itself would make it blink.
  private void open(Notebook book) {
    Figure first = figure.get();
    book.sendPlotly();
    String described = Bundle.escape(FigureView.described(first));
    Bundle empty =
        Bundle.html(
            PLACE.formatted(place, described, FigureView.height(first)), FigureView.label(first));
    book.frontend().display(place, empty);
    book.frontend().display(script, redraw(first));
    drawn = clock.getAsLong();
  }

  private Bundle redraw(Figure now) {
    return Bundle.html(
        REDRAW.formatted(place, FigureView.inScript(now.toJson()), FigureView.WITHOUT_PLOTLY), "");
  }

  /**
   * Runs without the mark of an interrupt and restores it afterwards: a channel written to by an
   * interrupted thread closes itself, and with it the kernel's line to the notebook.
   */
  static void uninterrupted(Runnable send) {
    boolean interrupted = Thread.interrupted();
    try {
      send.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
