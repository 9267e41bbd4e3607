package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import org.junit.jupiter.api.Test;

class SpanTest {

  private static final String TENTH = "src/test/resources/explr/ledger/tenth.json";

  private static Span.Rows rows(String profile, PaperFigure figure, Span span) {
    return span.rows(Profile.of(profile), figure);
  }

  @Test
  void aPhaseReachesFromMilestoneToMilestone() {
    assertThat(rows("paper", PaperFigure.FIGURE_2, Span.phase(1))).isEqualTo(new Span.Rows(0, 80));
    assertThat(rows("paper", PaperFigure.FIGURE_2, Span.phase(2)))
        .isEqualTo(new Span.Rows(80, 120));
    assertThat(rows("paper", PaperFigure.FIGURE_2, Span.phase(3)))
        .isEqualTo(new Span.Rows(120, 300));
    assertThat(rows("paper", PaperFigure.FIGURE_5, Span.phase(3)))
        .isEqualTo(new Span.Rows(120, 200));
  }

  @Test
  void aTenthOfTheEpochsMeasuredTenTimesAsOftenIsTheSame() {
    for (PaperFigure figure : PaperFigure.values()) {
      for (Span span : new Span[] {Span.run(), Span.phase(2), Span.phase(3).early()}) {
        assertThat(rows(TENTH, figure, span)).isEqualTo(rows("paper", figure, span));
      }
    }
  }

  @Test
  void itsPartsAreSharesOfIt() {
    Span second = Span.phase(2);
    assertThat(rows("paper", PaperFigure.FIGURE_2, second.secondHalf()))
        .isEqualTo(new Span.Rows(100, 120));
    assertThat(rows("paper", PaperFigure.FIGURE_2, second.early()))
        .isEqualTo(new Span.Rows(82, 88));
    assertThat(rows("paper", PaperFigure.FIGURE_2, second.firstTwentieth()))
        .isEqualTo(new Span.Rows(80, 82));
  }

  @Test
  void aShortPhaseHasAtLeastOneRowInEachPart() {
    Span second = Span.phase(2);
    assertThat(rows("sample", PaperFigure.FIGURE_2, second.firstTwentieth()))
        .isEqualTo(new Span.Rows(8, 9));
    assertThat(rows("sample", PaperFigure.FIGURE_2, second.lastTwentieth()))
        .isEqualTo(new Span.Rows(11, 12));
  }

  @Test
  void theEndIsTheLastRow() {
    assertThat(rows("paper", PaperFigure.FIGURE_1, Span.run().end()))
        .isEqualTo(new Span.Rows(159, 160));
  }

  @Test
  void aPhaseThatNeverBeginsHasNoRows() {
    Span fourth = Span.phase(4);
    assertThat(rows("paper", PaperFigure.FIGURE_2, fourth.secondHalf()).count()).isZero();
  }
}
