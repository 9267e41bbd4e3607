/**
 * Tables in, figures out: pure functions from measurements to Plotly's JSON, and their export.
 *
 * <p>Most users need {@link explr.figure.Figure1}, which draws the paper's first figure, {@link
 * explr.figure.Plot}, from which figures of one's own are built, {@link
 * explr.figure.NetworkFigure}, which draws networks as graphs, and {@link explr.figure.Export},
 * which writes HTML, PNG and SVG. {@link explr.figure.Style} holds the looks of all of them.
 */
package explr.figure;
