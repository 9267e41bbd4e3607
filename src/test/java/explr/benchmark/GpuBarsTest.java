package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each turn is one step. */
class GpuBarsTest {

  private static final PaperWork PAPER = new PaperWork(616_998, 200_000);

  /** Seconds of a step. */
  private static Map<String, Double> nearTheLimits() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("explr-program-tf32-fast", 0.9);
    seconds.put("pytorch-graph-tf32", 0.9);
    seconds.put("pytorch-compile-tf32", 0.811);
    seconds.put("explr-run-tf32-fast", 0.989);
    seconds.put("explr-several-2-tf32-fast", 0.6);
    seconds.put("explr-several-4-tf32-fast", 0.449);
    seconds.put("explr-program-float32-deterministic", 2.0);
    seconds.put("pytorch-deterministic-float32", 2.0);
    seconds.put("explr-run-float32-deterministic", 2.199);
    seconds.put("explr-eager-float32-deterministic", 1.0);
    seconds.put("pytorch-eager-float32", 0.951);
    return seconds;
  }

  private static List<Bar> bars(Map<String, Double> seconds) {
    List<Measured> measured = new ArrayList<>();
    for (Variant variant : GpuVariantsTest.all()) {
      if (seconds.containsKey(variant.id())) {
        measured.add(Made.measured(variant, seconds.get(variant.id())));
      }
    }
    assertThat(measured).as("ids that variants have").hasSize(seconds.size());
    return GpuBars.of(measured, Optional.of(PAPER));
  }

  private static List<String> verdicts(Map<String, Double> seconds) {
    // Without the last two, the paper's minutes: the seconds of this test are too long for them.
    return bars(seconds).subList(0, 7).stream().map(Bar::verdict).toList();
  }

  @Test
  void barsAreMetWithinTheirLimits() {
    assertThat(verdicts(nearTheLimits())).hasSize(7).containsOnly("met");
  }

  @Test
  void eachBarIsMissedBeyondItsLimit() {
    assertMissed("explr-program-tf32-fast", 0.91, 0, 1);
    assertMissed("pytorch-graph-tf32", 0.89, 0);
    assertMissed("pytorch-compile-tf32", 0.80, 1);
    assertMissed("pytorch-deterministic-float32", 1.99, 2);
    assertMissed("explr-run-tf32-fast", 1.0, 3);
    assertMissed("explr-run-float32-deterministic", 2.21, 4);
    assertMissed("explr-several-4-tf32-fast", 0.46, 5);
    assertMissed("explr-eager-float32-deterministic", 1.01, 6);
  }

  /** One of our variants is slower, or one of the others faster. */
  private static void assertMissed(String id, double seconds, int... missed) {
    Map<String, Double> changed = nearTheLimits();
    changed.put(id, seconds);
    List<String> verdicts = verdicts(changed);
    for (int i = 0; i < verdicts.size(); i++) {
      int bar = i;
      boolean expected = Arrays.stream(missed).anyMatch(m -> m == bar);
      assertThat(verdicts.get(i))
          .as("bar %d with %s", i, id)
          .isEqualTo(expected ? "missed" : "met");
    }
  }

  @Test
  void aBarWithoutItsOtherSideIsNotMeasured() {
    assertThat(GpuBars.of(List.of(), Optional.of(PAPER)))
        .extracting(Bar::verdict)
        .containsOnly("not measured");
    Map<String, Double> alone = nearTheLimits();
    alone.keySet().removeIf(id -> id.startsWith("pytorch"));
    assertThat(verdicts(alone))
        .containsExactly(
            "not measured", "not measured", "not measured", "met", "met", "met", "not measured");
  }

  private static double minutes(Map<String, Double> seconds) {
    return bars(seconds).get(7).value().getAsDouble();
  }

  @Test
  void thePapersMinutesFollowFromTheRunAndTheBestNumberOfRunsAtATime() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    seconds.put("explr-run-tf32-fast", 0.0044);
    assertThat(minutes(seconds)).isCloseTo(616_998 * 0.0044 / 60, within(1e-9));
    seconds.put("explr-program-tf32-fast", 0.004);
    seconds.put("explr-several-2-tf32-fast", 0.002);
    assertThat(minutes(seconds)).isCloseTo(616_998 * 0.0044 / 2 / 60, within(1e-9));
    // Eight at a time process as many images per second as two, so each takes four times as long.
    seconds.put("explr-several-8-tf32-fast", 0.002);
    assertThat(minutes(seconds)).isCloseTo(616_998 * 0.0044 / 2 / 60, within(1e-9));
    assertThat(PAPER.minutes(8, 0.0044, 2)).isCloseTo(200_000 * 0.0044 * 4 / 60, within(1e-9));
  }

  @Test
  void thePapersMinutesAreNotComputedForAnotherNetwork() {
    Measured run = Made.measured(GpuVariantsTest.find("explr-run-tf32-fast"), 0.004);
    assertThat(GpuBars.of(List.of(run), Optional.empty()).get(7).verdict())
        .isEqualTo("not measured");
    assertThat(GpuBars.of(List.of(run), Optional.of(PAPER)).get(7).verdict()).isEqualTo("missed");
  }

  @Test
  void aChainLongerThanTheWorkIsRefused() {
    assertThatThrownBy(() -> new PaperWork(10, 11)).hasMessageContaining("not 11");
    assertThatThrownBy(() -> new PaperWork(10, 0)).hasMessageContaining("not 0");
  }
}
