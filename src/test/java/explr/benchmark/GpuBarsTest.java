package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
    seconds.put("pytorch-deterministic-nchw-float32", 2.0);
    seconds.put("explr-run-float32-deterministic", 2.199);
    seconds.put("explr-several-4-float32-deterministic", 0.99);
    seconds.put("explr-program-tf32-deterministic", 1.0);
    seconds.put("explr-run-tf32-deterministic", 1.09);
    seconds.put("explr-several-2-tf32-deterministic", 0.49);
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

  /** Without the paper's minutes: the seconds of this test are too long for them. */
  private static List<String> verdicts(Map<String, Double> seconds) {
    return bars(seconds).stream()
        .filter(bar -> !bar.what().contains("minutes"))
        .map(Bar::verdict)
        .toList();
  }

  @Test
  void barsAreMetWithinTheirLimits() {
    assertThat(verdicts(nearTheLimits())).hasSize(11).containsOnly("met");
  }

  @Test
  void eachBarIsMissedBeyondItsLimit() {
    assertMissed("explr-program-tf32-fast", 0.91, 0, 1);
    assertMissed("pytorch-graph-tf32", 0.89, 0);
    assertMissed("pytorch-compile-tf32", 0.80, 1);
    assertMissed("pytorch-deterministic-float32", 1.99, 2);
    assertMissed("pytorch-deterministic-nchw-float32", 1.99, 3);
    assertMissed("explr-eager-float32-deterministic", 1.01, 4);
    assertMissed("explr-run-tf32-fast", 1.0, 5);
    assertMissed("explr-several-4-tf32-fast", 0.46, 6);
    assertMissed("explr-run-tf32-deterministic", 1.11, 7);
    assertMissed("explr-several-2-tf32-deterministic", 0.51, 8);
    assertMissed("explr-run-float32-deterministic", 2.21, 9);
    assertMissed("explr-several-4-float32-deterministic", 1.01, 10);
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
        .startsWith(Collections.nCopies(5, "not measured").toArray(String[]::new))
        .endsWith(Collections.nCopies(6, "met").toArray(String[]::new));
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
