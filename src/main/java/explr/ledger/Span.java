package explr.ledger;

import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import java.util.List;

/**
 * A stretch of a figure's runs that a measure averages over, the same share of the schedule in
 * every profile.
 *
 * @param words for people: {@code the second half of phase 2}
 * @param phase between milestones, from 1; 0 is the whole run
 * @param from the share of the phase where it begins
 * @param to the share where it ends
 */
record Span(String words, int phase, double from, double to) {

  /** Rows of a table, {@code to} not included. */
  record Rows(int from, int to) {
    int count() {
      return to - from;
    }
  }

  static Span run() {
    return new Span("the run", 0, 0, 1);
  }

  /** Between two milestones, or a milestone and an end of the run. */
  static Span phase(int number) {
    return new Span("phase " + number, number, 0, 1);
  }

  /** What came before is forgotten by then, as far as accuracy goes. */
  Span secondHalf() {
    return part("the second half of ", 0.5, 1);
  }

  Span thirdQuarter() {
    return part("the third quarter of ", 0.5, 0.75);
  }

  Span lastQuarter() {
    return part("the last quarter of ", 0.75, 1);
  }

  /** The end of what still changes. */
  Span lastTwentieth() {
    return part("the last twentieth of ", 0.95, 1);
  }

  /** From two to six of 40 epochs: where an effect of one epoch is over. */
  Span soonAfter() {
    return part("the part from 5 % to 15 % of ", 0.05, 0.15);
  }

  /** The last period. */
  Span end() {
    return part("the last period of ", 1, 1);
  }

  /** Two of 40 epochs: what an effect of one epoch still moves. */
  Span firstTwentieth() {
    return part("the first twentieth of ", 0, 0.05);
  }

  /**
   * The early part: after the momentum buffer has forgotten the former phase and before equilibrium
   * is near.
   */
  Span early() {
    return part("the part from 5 % to 20 % of ", 0.05, 0.2);
  }

  private Span part(String which, double from, double to) {
    return new Span(which + words, phase, from, to);
  }

  /** Its rows in the tables of a figure; none if the runs end before, at least one otherwise. */
  Rows rows(Profile profile, PaperFigure figure) {
    int each = profile.measurementsPerEpoch();
    int end = figure.epochs(profile) * each;
    List<Integer> milestones = profile.milestones();
    int first = phase <= 1 ? 0 : milestone(milestones, phase - 1, end, each);
    int last = phase == 0 ? end : milestone(milestones, phase, end, each);
    int length = last - first;
    if (length == 0) {
      return new Rows(first, first);
    }
    int begin = first + Math.min((int) Math.floor(from * length), length - 1);
    int stop = first + (int) Math.round(to * length);
    return new Rows(begin, Math.max(stop, begin + 1));
  }

  /** The row where a milestone lies, or the end. */
  private static int milestone(List<Integer> milestones, int number, int end, int each) {
    return number > milestones.size() ? end : Math.min(end, milestones.get(number - 1) * each);
  }
}
