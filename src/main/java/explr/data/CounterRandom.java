package explr.data;

/**
 * Random numbers that are a function of what they are for, and of nothing else.
 *
 * <p>The number for (seed, purpose, counter, index) is a chain of SplitMix64's output function
 * (Steele, Lea &amp; Flood 2014, Figure 16), which mixes all 64 bits: state ← mix(state + key · φ)
 * with the golden gamma φ. There is no state to save, so a run may resume or fork at any iteration,
 * and numbers may be drawn in any order and from several threads.
 */
final class CounterRandom {

  /** Keeps the numbers of different uses apart; the values are part of what fixes a run's bits. */
  enum Purpose {
    SHUFFLE(1),
    AUGMENT(2);

    private final long key;

    Purpose(long key) {
      this.key = key;
    }
  }

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /** The start of all numbers of a counter (an epoch, an iteration); see {@link #bits}. */
  static long stream(long seed, Purpose purpose, long counter) {
    return mix(mix(mix(seed + GOLDEN) + purpose.key * GOLDEN) + (counter + 1) * GOLDEN);
  }

  /** 64 random bits: the number of an index within a stream. */
  static long bits(long stream, long index) {
    return mix(stream + (index + 1) * GOLDEN);
  }

  /**
   * A random number in 0…bound−1.
   *
   * <p>It is floor(r · bound / 2⁶³) of 63 random bits r: some numbers are more probable than others
   * by a relative bound / 2⁶³, less than 10⁻⁹.
   */
  static int below(int bound, long stream, long index) {
    return (int) Math.multiplyHigh(bits(stream, index) >>> 1, 2L * bound);
  }

  /** A permutation of 0…n−1, by Fisher and Yates's exchange of each place with an earlier one. */
  static int[] permutation(int n, long stream) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = below(i + 1, stream, i);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
