package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NeedTest {

  private static final Profile SAMPLE = Profile.of("sample");
  private static final Profile TINY = Profile.of("src/test/resources/explr/experiment/tiny.json");

  @ParameterizedTest
  @EnumSource
  void aLaptopKeepsThePapersGrowthAndASampleDoesNot(PaperFigure figure) {
    assertThat(Need.PAPER_GROWTH.unmet(Synthetic.PAPER, figure)).isEmpty();
    assertThat(Need.PAPER_GROWTH.unmet(Profile.of("laptop"), figure)).isEmpty();
    assertThat(Need.PAPER_GROWTH.unmet(SAMPLE, figure))
        .hasValueSatisfying(reason -> assertThat(reason).contains("0.40, 0.40, "));
  }

  @Test
  void numbersOfThePaperNeedItsOwnSizes() {
    assertThat(Need.PAPER.unmet(Synthetic.PAPER, PaperFigure.FIGURE_1)).isEmpty();
    assertThat(Need.PAPER.unmet(Synthetic.TENTH, PaperFigure.FIGURE_1))
        .hasValueSatisfying(reason -> assertThat(reason).contains("this is tenth"));
    assertThat(Need.PAPER_WIDE.unmet(Synthetic.PAPER, PaperFigure.FIGURE_2))
        .hasValueSatisfying(reason -> assertThat(reason).contains("width 1"));
  }

  @Test
  void phasesNeedBothMilestonesWithinTheRuns() {
    assertThat(Need.PHASES.unmet(SAMPLE, PaperFigure.FIGURE_4)).isEmpty();
    assertThat(Need.PHASES.unmet(TINY, PaperFigure.FIGURE_4))
        .hasValueSatisfying(reason -> assertThat(reason).contains("3 epochs", "[2, 3]"));
    assertThat(Need.PHASES.unmet(TINY, PaperFigure.FIGURE_2)).isEmpty();
  }

  @Test
  void thePapersOwnSecondPhaseIsTooShortForItsClaimOf70Epochs() {
    assertThat(Need.LONG_SECOND_PHASE.unmet(Synthetic.PAPER, PaperFigure.FIGURE_3))
        .hasValueSatisfying(reason -> assertThat(reason).contains("here it has 40"));
  }
}
