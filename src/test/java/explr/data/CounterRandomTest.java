package explr.data;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.CounterRandom.Purpose;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

  /** The JDK's SplittableRandom is SplitMix64: a stream of ours is one of its sequences. */
  @Test
  void aStreamIsASequenceOfSplitMix64() {
    long stream = CounterRandom.stream(5, Purpose.AUGMENT, 77);
    SplittableRandom reference = new SplittableRandom(stream);
    for (int i = 0; i < 100; i++) {
      assertThat(CounterRandom.bits(stream, i)).isEqualTo(reference.nextLong());
    }
  }

  @Test
  void streamsOfNeighbouringSeedsPurposesAndCountersDiffer() {
    Set<Long> streams = new HashSet<>();
    for (long seed = -10; seed < 10; seed++) {
      for (Purpose purpose : Purpose.values()) {
        for (long counter = 0; counter < 100; counter++) {
          streams.add(CounterRandom.stream(seed, purpose, counter));
        }
      }
    }
    assertThat(streams).hasSize(20 * Purpose.values().length * 100);
  }

  /** χ² with 161 degrees of freedom exceeds 230 once in about 3,000 seeds; this seed is fixed. */
  @Test
  void numbersBelowABoundAreUniform() {
    int[] counts = new int[162];
    long stream = CounterRandom.stream(1, Purpose.AUGMENT, 0);
    int n = 162_000;
    for (int i = 0; i < n; i++) {
      counts[CounterRandom.below(162, stream, i)]++;
    }
    double chiSquared = 0;
    for (int count : counts) {
      chiSquared += (count - 1000.0) * (count - 1000.0) / 1000.0;
    }
    assertThat(chiSquared).isLessThan(230);
  }

  /** χ² with 23 degrees of freedom exceeds 50 once in about 1,000 seeds; this seed is fixed. */
  @Test
  void allPermutationsAreEquallyProbable() {
    Map<String, Integer> counts = new HashMap<>();
    for (int epoch = 0; epoch < 24_000; epoch++) {
      int[] order = CounterRandom.permutation(4, CounterRandom.stream(7, Purpose.SHUFFLE, epoch));
      counts.merge(java.util.Arrays.toString(order), 1, Integer::sum);
    }
    assertThat(counts).hasSize(24);
    double chiSquared =
        counts.values().stream().mapToDouble(c -> (c - 1000.0) * (c - 1000.0) / 1000.0).sum();
    assertThat(chiSquared).isLessThan(50);
  }
}
