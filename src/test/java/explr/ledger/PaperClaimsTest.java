package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.Curve;
import explr.experiment.KnownRun;
import explr.experiment.PaperFigure;
import explr.experiment.Profile;
import explr.measurement.Manifest;
import explr.statistics.Bound;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every claim is held against runs in which it is true, false, and neither for certain. */
class PaperClaimsTest {

  private static final List<Long> ONE = List.of(0L);
  private static final List<Long> THREE = List.of(0L, 1L, 2L);
  private static final double SLIGHT = 1e-4;

  static Stream<PaperClaim> measured() {
    return PaperClaims.all().stream().filter(claim -> claim.figure().isPresent());
  }

  static Stream<PaperClaim> decidedByChance() {
    return measured().filter(claim -> !quantity(claim.measure()).exact());
  }

  @ParameterizedTest
  @MethodSource("measured")
  void aTrueClaimHolds(PaperClaim claim) {
    assertThat(decide(claim, inside(claim), SLIGHT, THREE)).isEqualTo(Decision.HOLDS);
  }

  @ParameterizedTest
  @MethodSource("measured")
  void aFalseClaimFails(PaperClaim claim) {
    for (double value : outside(claim.threshold().bound())) {
      assertThat(decide(claim, value, SLIGHT, THREE)).isEqualTo(Decision.FAILS);
      // Of one period one seed does not tell how much it fluctuates.
      assertThat(decide(claim, value, SLIGHT, ONE))
          .isEqualTo(claim.id().equals("1.norm") ? Decision.NOT_DECIDABLE : Decision.FAILS);
    }
  }

  /** The rule lets chance decide in 10 % of all cases there, of which there are 30. */
  @ParameterizedTest
  @MethodSource("decidedByChance")
  void noiseLeavesAClaimUndecidedAtItsThreshold(PaperClaim claim) {
    Bound bound = claim.threshold().bound();
    double edge = Double.isInfinite(bound.low()) ? bound.high() : bound.low();
    long decided =
        LongStream.range(0, 30)
            .filter(seed -> decide(claim, edge, 0.02, List.of(seed)) != Decision.NOT_DECIDABLE)
            .count();
    assertThat(decided).isLessThanOrEqualTo(7);
  }

  @ParameterizedTest
  @MethodSource("measured")
  void aMissingRunLeavesAClaimUndecided(PaperClaim claim) {
    Curve lacking = claim.measure().curves().iterator().next();
    Finding.Runs all = tables(claim, inside(claim), SLIGHT);
    Finding.Runs some =
        (curve, seed) -> curve == lacking && seed == 1 ? Optional.empty() : all.apply(curve, seed);
    Finding finding = Finding.of(claim, profile(claim), THREE, some);
    assertThat(finding.decision()).isEqualTo(Decision.NOT_DECIDABLE);
    assertThat(finding.because()).isEqualTo("missing or unfinished: " + lacking + "-seed-1");
    assertThat(finding.bySeed()).containsOnlyKeys(0L, 2L);
  }

  @ParameterizedTest
  @MethodSource("measured")
  void anUnfinishedRunLeavesAClaimUndecided(PaperClaim claim) {
    Finding.Runs all = tables(claim, inside(claim), SLIGHT);
    Finding.Runs begun =
        (curve, seed) ->
            all.apply(curve, seed)
                .map(run -> run.measurements())
                .map(table -> table.first(table.rowCount() - 1))
                .map(table -> new KnownRun(table, Synthetic.IMAGES, false));
    assertThat(Finding.of(claim, profile(claim), ONE, begun).decision())
        .isEqualTo(Decision.NOT_DECIDABLE);
  }

  @ParameterizedTest
  @MethodSource("measured")
  void runsOnDifferentImagesLeaveAClaimUndecided(PaperClaim claim) {
    Curve one = claim.measure().curves().iterator().next();
    Manifest.Data others = new Manifest.Data("other images", "5678");
    Finding.Runs all = tables(claim, inside(claim), SLIGHT);
    Finding.Runs mixed =
        (curve, seed) ->
            all.apply(curve, seed)
                .map(
                    run ->
                        curve == one && seed == 1
                            ? new KnownRun(run.measurements(), others, true)
                            : run);
    Finding finding = Finding.of(claim, profile(claim), THREE, mixed);
    assertThat(finding.decision()).isEqualTo(Decision.NOT_DECIDABLE);
    assertThat(finding.because())
        .startsWith("its runs saw different images: ")
        .contains(one + "-seed-1 on other images", one + "-seed-0 on images");
    assertThat(finding.recorded()).containsExactly(one + "-seed-1");
  }

  @Test
  void idsAreUniqueAndNameTheFigure() {
    assertThat(PaperClaims.all()).extracting(PaperClaim::id).doesNotHaveDuplicates();
    assertThat(measured())
        .allMatch(claim -> claim.id().startsWith(claim.figure().get().number() + "."));
    assertThat(measured().map(claim -> claim.figure().get()).distinct())
        .containsExactly(PaperFigure.values());
  }

  @Test
  void whatWasAmendedIsMarked() {
    assertThat(PaperClaims.all().stream().filter(PaperClaim::amended)).hasSize(12);
    assertThat(FindingText.statement(shown("2.angle-ends-small-texp"))).endsWith(" a tenth. †");
    assertThat(FindingText.statement(shown("2.angle-rises-texp"))).endsWith(" rises again.");
  }

  private static Finding shown(String id) {
    PaperClaim claim =
        PaperClaims.all().stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    return Finding.of(claim, Synthetic.PAPER, ONE, (curve, seed) -> Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("measured")
  void aFigureShowsTheCurvesThatItsClaimsSpeakOf(PaperClaim claim) {
    assertThat(claim.figure().get().curves()).containsAll(claim.measure().curves());
  }

  @Test
  void whatNoFigureTrainsIsNotDecidable() {
    Stream<PaperClaim> text = PaperClaims.all().stream().filter(claim -> claim.figure().isEmpty());
    assertThat(text)
        .isNotEmpty()
        .allSatisfy(
            claim -> {
              Finding finding =
                  Finding.of(claim, Synthetic.PAPER, ONE, (curve, seed) -> Optional.empty());
              assertThat(finding.decision()).isEqualTo(Decision.NOT_DECIDABLE);
              assertThat(finding.because()).contains("curve");
            });
  }

  private static Decision decide(PaperClaim claim, double value, double noise, List<Long> seeds) {
    return Finding.of(claim, profile(claim), seeds, tables(claim, value, noise)).decision();
  }

  /** A profile that has what the claim needs. */
  private static Profile profile(PaperClaim claim) {
    Profile paper = Synthetic.PAPER;
    return switch (claim.need()) {
      case NOTHING,
          GROWTH,
          PHASES,
          GROWTH_AND_PHASES,
          SMALL_PRODUCT,
          PAPER_LENGTH,
          PAPER_GROWTH,
          PAPER ->
          paper;
      case PAPER_WIDE -> with(paper, 4, paper.milestones());
      case LONG_SECOND_PHASE -> with(paper, 1, List.of(80, 155));
    };
  }

  private static Profile with(Profile paper, int width, List<Integer> milestones) {
    return new Profile(
        paper.name(),
        paper.trainImages(),
        paper.testImages(),
        paper.depth(),
        width,
        paper.batchSize(),
        paper.measurementsPerEpoch(),
        paper.epochs(),
        milestones,
        paper.learningRate(),
        paper.weightDecay(),
        paper.momentum(),
        paper.changes());
  }

  /** Runs in which the measure of a claim has a value, but for noise. */
  private static Finding.Runs tables(PaperClaim claim, double value, double noise) {
    Profile profile = profile(claim);
    PaperFigure figure = claim.figure().get();
    Quantity quantity = quantity(claim.measure());
    return (curve, seed) -> {
      IntToDoubleFunction values = values(claim.measure(), curve, value, profile, figure);
      long stream = 31 * seed + curve.ordinal();
      return Optional.of(new Synthetic(stream, noise).with(quantity, values).run(profile, figure));
    };
  }

  /** What a curve must show for the measure to have a value; Java 17 has no patterns in switch. */
  private static IntToDoubleFunction values(
      Measure measure, Curve curve, double value, Profile profile, PaperFigure figure) {
    if (measure instanceof Measure.Level) {
      return row -> value;
    }
    if (measure instanceof Measure.Difference difference) {
      return row -> base(difference.quantity()) + (curve == difference.curve() ? value : 0);
    }
    if (measure instanceof Measure.Distance distance) {
      return row ->
          base(distance.quantity())
              + (curve == distance.curve() ? (row % 2 == 0 ? value : -value) : 0);
    }
    Measure.Change change = (Measure.Change) measure;
    Span.Rows after = change.to().rows(profile, figure);
    return row -> base(change.quantity()) + (row >= after.from() && row < after.to() ? value : 0);
  }

  private static double base(Quantity quantity) {
    return quantity == Quantity.TEST_ACCURACY || quantity == Quantity.TRAIN_ACCURACY ? 0.5 : -2;
  }

  private static Quantity quantity(Measure measure) {
    if (measure instanceof Measure.Level level) {
      return level.quantity();
    }
    if (measure instanceof Measure.Difference difference) {
      return difference.quantity();
    }
    if (measure instanceof Measure.Distance distance) {
      return distance.quantity();
    }
    return ((Measure.Change) measure).quantity();
  }

  private static double inside(PaperClaim claim) {
    Bound bound = claim.threshold().bound();
    if (Double.isInfinite(bound.high())) {
      return bound.low() + 0.1;
    }
    return Double.isInfinite(bound.low()) ? bound.high() - 0.1 : (bound.low() + bound.high()) / 2;
  }

  /** On either side, far enough for one seed to tell. */
  private static double[] outside(Bound bound) {
    return DoubleStream.of(bound.low() - 0.4, bound.high() + 0.4)
        .filter(Double::isFinite)
        .toArray();
  }
}
