/**
 * Figures as Plotly's JSON: pure functions of lines and panels, and their export.
 *
 * <p>Most users need {@link explr.figure.Plot}, from which figures are built, {@link
 * explr.figure.NetworkFigure}, which draws networks as graphs, and {@link explr.figure.Export},
 * which writes HTML, PNG and SVG. {@link explr.figure.Style} defines how all of them look. The
 * paper's figures are drawn by {@code explr.paper.PaperFigures}.
 */
package explr.figure;
