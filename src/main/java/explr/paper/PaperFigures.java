package explr.paper;

import explr.experiment.FigureRuns;
import explr.experiment.PaperFigure;
import explr.experiment.Results;
import explr.figure.Figure;

/**
 * Draws the paper's figures from results.
 *
 * <pre>{@code
 * PaperFigures.draw(PaperFigure.FIGURE_2, results, 0L)
 * }</pre>
 */
public final class PaperFigures {

  private PaperFigures() {}

  /**
   * Draws a figure from what is known of its runs, complete or not.
   *
   * @param seeds of the runs; of several seeds means and ranges are drawn
   */
  public static Figure draw(PaperFigure figure, Results results, Long... seeds) {
    return draw(figure, results.of(figure, seeds));
  }

  /** Draws a figure; a pure function of the measurements. */
  public static Figure draw(PaperFigure figure, FigureRuns runs) {
    return switch (figure) {
      case FIGURE_1 -> Figure1.of(runs);
      case FIGURE_2 -> Figure2.of(runs);
      case FIGURE_3 -> Figure3.of(runs);
      case FIGURE_4 -> Figure4.of(runs);
      case FIGURE_5 -> Figure5.of(runs);
      case FIGURE_6 -> Figure6.of(runs);
    };
  }
}
