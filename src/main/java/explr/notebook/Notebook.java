package explr.notebook;

import explr.figure.Explorable;
import explr.figure.Figure;
import java.util.Optional;
import java.util.UUID;
import tech.tablesaw.api.Table;

/** The notebook that this JVM is the kernel of, if it is one. */
final class Notebook {

  private static volatile Notebook current;

  private final Frontend frontend;
  private final Bridge bridge;
  private boolean plotlySent;
  private Optional<Execution> carrier = Optional.empty();

  private Notebook(Frontend frontend) {
    this.frontend = frontend;
    this.bridge = new Bridge(frontend.channels());
  }

  /** Makes {@code frontend} this JVM's notebook and teaches it how figures and tables look. */
  static void open(Frontend frontend) {
    Notebook notebook = new Notebook(frontend);
    frontend.register(
        Figure.class,
        figure -> {
          notebook.sendPlotly();
          return notebook.withCaption(figure);
        });
    frontend.register(
        Explorable.class,
        explorable -> {
          notebook.sendPlotly();
          notebook.show(ExplorableView.still(explorable));
          return ExplorableView.of(explorable, notebook.bridge);
        });
    frontend.register(Table.class, TableView::of);
    current = notebook;
  }

  /** Forgets the notebook: from here on nothing is shown. */
  static void close() {
    current = null;
  }

  /** The notebook, or nothing where the library runs in an ordinary program. */
  static Optional<Notebook> current() {
    return Optional.ofNullable(current);
  }

  Frontend frontend() {
    return frontend;
  }

  /**
   * Adds the output that carries plotly.js, once in a session, and once more when the cell that has
   * it runs again, which replaces its outputs. It is megabytes, so figures do not each bring their
   * own; a page exported from the notebook still has everything in itself.
   */
  synchronized void sendPlotly() {
    Optional<Execution> now = frontend.running();
    if (!plotlySent || replaces(now, carrier)) {
      plotlySent = true;
      carrier = now;
      show(PlotlyScript.bundle());
    }
  }

  private static boolean replaces(Optional<Execution> now, Optional<Execution> before) {
    return !now.equals(before) && now.map(Execution::cell).equals(before.map(Execution::cell));
  }

  private void show(Bundle bundle) {
    frontend.display(UUID.randomUUID().toString(), bundle);
  }

  /** A figure, and under it what its caption says, where it has one. */
  private Bundle withCaption(Figure figure) {
    if (figure.caption().isEmpty()) {
      return FigureView.of(figure);
    }
    show(FigureView.of(figure));
    return FigureView.caption(figure);
  }
}
