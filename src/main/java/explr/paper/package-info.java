/**
 * The paper's Figures 1 to 6, drawn from results: {@link explr.paper.PaperFigures} is the way in.
 */
package explr.paper;
