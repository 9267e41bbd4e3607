package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import java.util.stream.Stream;
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

  @Test
  void afterTwoHundredEpochsNothingIsKnownOfSeventy() {
    assertThat(Need.LONG_SECOND_PHASE.unmet(with("80, 155", "5e-4"), PaperFigure.FIGURE_3))
        .isEmpty();
    assertThat(Need.LONG_SECOND_PHASE.unmet(with("80, 290", "5e-4"), PaperFigure.FIGURE_3))
        .hasValueSatisfying(reason -> assertThat(reason).contains("70 to 80", "here it has 210"));
  }

  @ParameterizedTest
  @EnumSource
  void twinsOfARateThatDoesNotGrowSayNothingOfEquivalence(PaperFigure figure) {
    assertThat(Need.GROWTH.unmet(SAMPLE, figure)).isEmpty();
    assertThat(Need.GROWTH.unmet(with("80, 120", "0"), figure))
        .hasValueSatisfying(reason -> assertThat(reason).contains("grows tenfold", "by 10^0"));
    assertThat(Need.GROWTH_AND_PHASES.unmet(with("80, 120", "1e-12"), figure)).isPresent();
    assertThat(Need.GROWTH_AND_PHASES.unmet(with("80", "5e-4"), figure))
        .hasValueSatisfying(reason -> assertThat(reason).contains("three phases"));
  }

  @Test
  void exponentsAreProportionalToTheProductOnlyFarBelowItsBound() {
    assertThat(Need.SMALL_PRODUCT.unmet(SAMPLE, PaperFigure.FIGURE_3)).isEmpty();
    assertThat(Need.SMALL_PRODUCT.unmet(with("80, 120", "0.02"), PaperFigure.FIGURE_3))
        .hasValueSatisfying(reason -> assertThat(reason).contains("here it is 0.76 of it"));
  }

  @Test
  void aConstantRateNeedsNoMilestones() {
    Profile without = with("", "5e-4");
    assertThat(Need.PAPER_LENGTH.unmet(without, PaperFigure.FIGURE_1)).isEmpty();
    assertThat(Need.PHASES.unmet(without, PaperFigure.FIGURE_1)).isPresent();
    assertThat(Need.PAPER_LENGTH.unmet(SAMPLE, PaperFigure.FIGURE_1))
        .hasValueSatisfying(reason -> assertThat(reason).contains("they are 0.40 of them"));
  }

  private static Profile with(String milestones, String weightDecay) {
    Profile paper = Synthetic.PAPER;
    return new Profile(
        paper.name(),
        paper.trainImages(),
        paper.testImages(),
        paper.depth(),
        paper.width(),
        paper.batchSize(),
        paper.measurementsPerEpoch(),
        paper.epochs(),
        Stream.of(milestones.split(", "))
            .filter(at -> !at.isEmpty())
            .map(Integer::valueOf)
            .toList(),
        paper.learningRate(),
        Double.parseDouble(weightDecay),
        paper.momentum(),
        paper.changes());
  }
}
