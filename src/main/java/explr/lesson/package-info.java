/**
 * What the notebooks on the theory call: figures as pure functions of the theory's values, and
 * claims that fail where a number is not what the text says.
 *
 * <p>{@link explr.lesson.Claim} states a number, {@link explr.lesson.Series} is a quantity over the
 * iterations of a run; {@link explr.lesson.Certificates} holds certificates of scale invariance
 * against networks; {@link explr.lesson.RatioBound} compares TEXP with TEXP++, {@link
 * explr.lesson.RatioBoundExplorer} by a reader's sliders; {@link explr.lesson.ConversionFigure}
 * draws a converted recipe file; the other classes named after a figure draw one.
 *
 * <pre>{@code
 * Claim.table(
 *     Claim.that("distance of the directions", series.largest()).isBelow(1e-12))
 * }</pre>
 */
package explr.lesson;
