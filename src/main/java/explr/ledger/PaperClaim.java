package explr.ledger;

import explr.experiment.PaperFigure;
import java.util.Optional;

/**
 * A claim that the paper makes of its experiments.
 *
 * @param id unique: the figure's number, or {@code text}, then what it is about
 * @param figure whose runs decide it; none if no figure has such runs
 * @param statement in the words of this project
 * @param source where the paper says or shows it
 * @param measure the number that decides
 * @param threshold for which values of it the claim is true
 * @param need what a profile must have for its runs to decide it
 * @param amended whether it was added, or its measure or threshold changed, after runs had been
 *     seen
 */
public record PaperClaim(
    String id,
    Optional<PaperFigure> figure,
    String statement,
    String source,
    Measure measure,
    Threshold threshold,
    Need need,
    boolean amended) {

  static PaperClaim of(
      PaperFigure figure,
      String name,
      String statement,
      String source,
      Measure measure,
      Threshold threshold,
      Need need) {
    String id = figure.number() + "." + name;
    return new PaperClaim(
        id, Optional.of(figure), statement, source, measure, threshold, need, false);
  }

  /** The same claim, marked as amended or not. */
  PaperClaim amended(boolean isAmended) {
    return new PaperClaim(id, figure, statement, source, measure, threshold, need, isAmended);
  }

  /** Under {@link #figure}: {@code Figure 1}, or {@code Text}. */
  public String group() {
    return figure.map(shown -> "Figure " + shown.number()).orElse("Text");
  }
}
