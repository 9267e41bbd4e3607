package explr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import explr.experiment.Curve;
import explr.experiment.KnownRun;
import explr.experiment.Profile;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/**
 * Runs of a tenth of the time, measured as often, as the paper draws them, by rows: phases begin at
 * rows 80 and 120. All that can be decided there holds; each thing drawn otherwise makes its claims
 * fail.
 */
class PaperShapeTest {

  private static final List<Long> THREE = List.of(0L, 1L, 2L);

  private static double byPhase(int row, double first, double second, double third) {
    return row < 80 ? first : row < 120 ? second : third;
  }

  /** An angle of .4, then from .04 to .13, then .005. */
  private static double stepAngle(int row) {
    return byPhase(
        row,
        Math.log10(0.4),
        Math.log10(0.13 - 0.09 * Math.exp(-(row - 80) / 12.0)),
        Math.log10(0.005));
  }

  private static Map<Curve, Synthetic> asThePaperDraws(long seed) {
    Map<Curve, Synthetic> runs = new EnumMap<>(Curve.class);
    for (Curve curve : Curve.values()) {
      runs.put(
          curve,
          new Synthetic(100 * seed + curve.ordinal(), 0.001)
              .with(Quantity.LOG_QUOTIENT, row -> 2.6 - Math.exp(-row / 5.0)));
    }
    for (Curve step : List.of(Curve.STEP_DECAY, Curve.TEXP)) {
      runs.get(step)
          .with(Quantity.TEST_ACCURACY, row -> byPhase(row, 0.78, 0.87, 0.89))
          .with(Quantity.LOG_ANGLE, PaperShapeTest::stepAngle);
    }
    for (Curve slow : List.of(Curve.TEXP_MINUS_MINUS, Curve.DECAY_PER_PHASE)) {
      runs.get(slow)
          .with(Quantity.TEST_ACCURACY, row -> byPhase(row, 0.78, 0.84, 0.86))
          .with(Quantity.LOG_ANGLE, row -> byPhase(row, -0.4, -0.8, -1.2))
          .with(Quantity.LOG_GROWTH, row -> byPhase(row, -2, -3.02, -4.02));
    }
    runs.get(Curve.EXPONENTIAL_DIVIDED)
        .with(Quantity.TEST_ACCURACY, row -> 0.5 + (row >= 80 && (row - 80) % 40 < 2 ? 0.2 : 0))
        .with(Quantity.LOG_ANGLE, row -> -1 - (row >= 80 && (row - 80) % 40 < 6 ? 0.6 : 0));
    for (Curve cosine : List.of(Curve.COSINE, Curve.COSINE_TEXP)) {
      runs.get(cosine)
          .with(Quantity.TEST_ACCURACY, row -> 0.7 + 0.2 * row / 200)
          .with(Quantity.LOG_ANGLE, row -> -0.4 - row / 150.0);
    }
    return runs;
  }

  private static Set<String> with(Decision decision, Consumer<Map<Curve, Synthetic>> change) {
    Map<String, Table> tables = new HashMap<>();
    for (long seed : THREE) {
      Map<Curve, Synthetic> runs = asThePaperDraws(seed);
      change.accept(runs);
      runs.forEach(
          (curve, run) ->
              tables.put(Finding.folder(curve, seed), run.table(300, Synthetic.TENTH.watched())));
    }
    Set<String> ids = new TreeSet<>();
    for (PaperClaim claim : PaperClaims.all()) {
      Finding.Runs shown =
          (curve, seed) ->
              Optional.of(tables.get(Finding.folder(curve, seed)))
                  .map(table -> table.first(Trial.rows(Synthetic.TENTH, claim.figure().get())))
                  .map(table -> new KnownRun(table, Synthetic.IMAGES, false));
      if (Finding.of(claim, Synthetic.TENTH, THREE, shown).decision() == decision) {
        ids.add(claim.id());
      }
    }
    return ids;
  }

  private static Set<String> failing(Curve curve, Quantity quantity, IntToDoubleFunction values) {
    return with(Decision.FAILS, runs -> runs.get(curve).with(quantity, values));
  }

  @Test
  void asThePaperDrawsThemNothingFailsAndOnlyItsOwnNumbersAndUntriedRunsAreOpen() {
    assertThat(with(Decision.FAILS, runs -> {})).isEmpty();
    assertThat(with(Decision.NOT_DECIDABLE, runs -> {}))
        .containsExactlyInAnyOrder(
            "1.rate",
            "1.norm",
            "1.quotient",
            "1.training-accuracy",
            "1.test-accuracy",
            "2.accuracy-1",
            "2.accuracy-2",
            "2.accuracy-3",
            "2.angle-1",
            "2.angle-2",
            "2.angle-3",
            "3.second-phase-settles",
            "text.correction",
            "text.correction-cosine",
            "text.affine",
            "text.last-layer",
            "text.shortcut",
            "text.affine-range");
  }

  @Test
  void aTwinThatIsLessAccurateInOnePhaseIsFound() {
    assertThat(failing(Curve.TEXP, Quantity.TEST_ACCURACY, row -> byPhase(row, 0.78, 0.84, 0.89)))
        .containsExactly("2.same-accuracy-2");
    assertThat(
            failing(
                Curve.DECAY_PER_PHASE,
                Quantity.TEST_ACCURACY,
                row -> byPhase(row, 0.78, 0.84, 0.83)))
        .containsExactly("6.same-accuracy-3");
  }

  @Test
  void anAngleThatStaysWhereItFellIsFound() {
    assertThat(
            failing(
                Curve.STEP_DECAY,
                Quantity.LOG_ANGLE,
                row -> byPhase(row, Math.log10(0.4), Math.log10(0.04), Math.log10(0.005))))
        .containsExactlyInAnyOrder(
            "2.angle-rises-step-decay", "2.angle-ends-small-step-decay", "2.same-angle-2");
  }

  @Test
  void anAngleThatDoesNotFallToATenthIsFound() {
    assertThat(
            failing(
                Curve.TEXP,
                Quantity.LOG_ANGLE,
                row -> stepAngle(row) + (row >= 120 ? (row - 120) / 200.0 : 0)))
        .containsExactlyInAnyOrder("2.angle-ends-small-texp", "2.same-angle-3");
  }

  @Test
  void anAccuracyThatDoesNotJumpIsFound() {
    assertThat(failing(Curve.TEXP, Quantity.TEST_ACCURACY, row -> byPhase(row, 0.78, 0.88, 0.88)))
        .containsExactly("2.accuracy-jumps-3-texp");
  }

  @Test
  void anAngleThatDoesNotFallIsFound() {
    assertThat(failing(Curve.TEXP, Quantity.LOG_ANGLE, row -> Math.log10(0.4)))
        .contains("2.angle-drops-2-texp", "2.angle-drops-3-texp", "2.angle-rises-texp")
        .contains("3.not-settled")
        .doesNotContain("2.angle-drops-2-step-decay", "2.same-angle-1");
  }

  @Test
  void aQuotientThatDriftsIsFound() {
    assertThat(failing(Curve.EXPONENTIAL, Quantity.LOG_QUOTIENT, row -> 2 + row / 100.0))
        .containsExactlyInAnyOrder("1.constant-quotient", "1.same-quotient");
  }

  @Test
  void aDivisionThatHelpsForGoodOrNotAtAllIsFound() {
    assertThat(
            failing(
                Curve.EXPONENTIAL_DIVIDED,
                Quantity.TEST_ACCURACY,
                row -> byPhase(row, 0.5, 0.7, 0.9)))
        .containsExactlyInAnyOrder(
            "4.accuracy-returns-2",
            "4.accuracy-returns-3",
            "4.helps-briefly-2",
            "4.helps-briefly-3");
    assertThat(
            failing(
                Curve.EXPONENTIAL_DIVIDED,
                Quantity.TEST_ACCURACY,
                row -> 0.5 + (row >= 80 && (row - 80) % 40 < 8 ? 0.2 : 0)))
        .containsExactlyInAnyOrder("4.helps-briefly-2", "4.helps-briefly-3");
    assertThat(failing(Curve.EXPONENTIAL_DIVIDED, Quantity.TEST_ACCURACY, row -> 0.5))
        .containsExactlyInAnyOrder("4.helps-at-first-2", "4.helps-at-first-3");
    assertThat(
            failing(
                Curve.EXPONENTIAL_DIVIDED, Quantity.LOG_ANGLE, row -> byPhase(row, -1, -1.5, -2)))
        .containsExactlyInAnyOrder("4.angle-returns-2", "4.angle-returns-3");
  }

  @Test
  void dropsThatDoNotMatterAreFound() {
    assertThat(
            with(
                Decision.FAILS,
                runs ->
                    List.of(Curve.TEXP_MINUS_MINUS, Curve.DECAY_PER_PHASE)
                        .forEach(
                            curve ->
                                runs.get(curve)
                                    .with(
                                        Quantity.TEST_ACCURACY,
                                        row -> byPhase(row, 0.78, 0.87, 0.89))
                                    .with(Quantity.LOG_ANGLE, PaperShapeTest::stepAngle))))
        .containsExactlyInAnyOrder("3.ends-worse", "3.not-settled");
  }

  @Test
  void aGrowthThatDoesNotFallIsFound() {
    assertThat(failing(Curve.TEXP_MINUS_MINUS, Quantity.LOG_GROWTH, row -> -2))
        .containsExactlyInAnyOrder("3.slower-growth-2", "3.slower-growth-3");
  }

  @Test
  void aCosineThatIsStepDecayUnderAnotherNameIsFound() {
    assertThat(
            with(
                Decision.FAILS,
                runs ->
                    List.of(Curve.COSINE, Curve.COSINE_TEXP)
                        .forEach(
                            curve ->
                                runs.get(curve)
                                    .with(
                                        Quantity.TEST_ACCURACY,
                                        row -> byPhase(row, 0.78, 0.87, 0.89))
                                    .with(Quantity.LOG_ANGLE, PaperShapeTest::stepAngle))))
        .containsExactlyInAnyOrder(
            "5.another-trajectory", "5.cosine-better", "5.cosine-twin-better");
  }

  @Test
  void moreThanSeedsAgreeOnIsNotSaid() {
    Map<Long, Double> ends = Map.of(0L, 0.76, 1L, 0.86, 2L, 0.84);
    Profile profile = Synthetic.TENTH;
    PaperClaim claim =
        PaperClaims.all().stream()
            .filter(c -> c.id().equals("1.same-test-accuracy"))
            .findFirst()
            .orElseThrow();
    Finding.Runs scattered =
        (curve, seed) -> {
          double accuracy = curve == Curve.EXPONENTIAL ? ends.get(seed) : 0.83;
          return Optional.of(
              new Synthetic(seed, 0.001)
                  .with(Quantity.TEST_ACCURACY, row -> accuracy)
                  .run(profile, claim.figure().get()));
        };
    assertThat(Finding.of(claim, profile, List.of(0L), scattered).decision())
        .isEqualTo(Decision.FAILS);
    assertThat(Finding.of(claim, profile, List.of(1L, 2L), scattered).decision())
        .isEqualTo(Decision.NOT_DECIDABLE);
    Finding all = Finding.of(claim, profile, THREE, scattered);
    assertThat(all.decision()).isEqualTo(Decision.NOT_DECIDABLE);
    assertThat(all.because()).contains("chance leaves", "points possible");
    assertThat(all.spread()).isBetween(0.052, 0.054);
  }
}
