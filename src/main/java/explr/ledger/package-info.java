/**
 * The claims that the paper makes of its experiments, and what the runs here say of each.
 *
 * <p>{@link explr.ledger.PaperClaims} lists them: statement, source, measure, threshold, and what a
 * profile needs to decide them. {@link explr.ledger.Ledger} holds them against runs.
 */
package explr.ledger;
