package explr.notebook;

import explr.figure.Figure;
import java.util.Optional;
import java.util.UUID;
import tech.tablesaw.api.Table;

/** The notebook that this JVM is the kernel of, if it is one. */
final class Notebook {

  private static volatile Notebook current;

  private final Frontend frontend;
  private boolean plotlySent;

  private Notebook(Frontend frontend) {
    this.frontend = frontend;
  }

  /** Makes {@code frontend} this JVM's notebook and teaches it how figures and tables look. */
  static void open(Frontend frontend) {
    Notebook notebook = new Notebook(frontend);
    frontend.register(
        Figure.class,
        figure -> {
          notebook.sendPlotly();
          return FigureView.of(figure);
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
   * Adds the output that carries plotly.js, once in a session. It is megabytes, so figures do not
   * each bring their own; a page exported from the notebook still has everything in itself.
   */
  synchronized void sendPlotly() {
    if (!plotlySent) {
      plotlySent = true;
      frontend.display(UUID.randomUUID().toString(), PlotlyScript.bundle());
    }
  }
}
