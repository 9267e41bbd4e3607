package explr.schedule;

/**
 * Cosines one after the other, each from the top again (SGDR, Loshchilov &amp; Hutter 2016).
 *
 * <p>Cycle k = 0, 1, … is half a cosine from {@code from} · decay^k to {@code to} over {@code
 * period} · lengthening^k iterations. The iteration after the last of a cycle is the first of the
 * next, so {@code to} itself is never taken. {@code new CosineRestarts(0.1, 0, 10, 2, 1)} restarts
 * at 10, 30, 70, 150, …
 *
 * @param from value at the start of the first cycle, ≥ 0
 * @param to value towards which each cycle falls, ≥ 0
 * @param period iterations of the first cycle, ≥ 1
 * @param lengthening by what each cycle is longer than the one before, ≥ 1
 * @param decay by what the start of each cycle is multiplied, &gt; 0
 */
public record CosineRestarts(double from, double to, long period, long lengthening, double decay)
    implements KnownSchedule {

  /** Refuses values outside the ranges above. */
  public CosineRestarts {
    Ramp.check(from, to, period);
    Require.atLeastOne("the lengthening of each cycle", lengthening);
    Require.positive("the decay of each cycle", decay);
  }

  /** Cycles of the same height; those of the same length have {@code lengthening} 1. */
  public static CosineRestarts from(double from, long period, long lengthening) {
    return new CosineRestarts(from, 0, period, lengthening, 1);
  }

  @Override
  public double at(long iteration) {
    Require.iteration(iteration);
    long start = 0;
    long length = period;
    long cycle = 0;
    if (lengthening == 1) {
      cycle = iteration / period;
      start = cycle * period;
    } else {
      while (iteration - start >= length) {
        start += length;
        length *= lengthening;
        cycle++;
      }
    }
    return Cosine.between(from * Math.pow(decay, cycle), to, iteration - start, length);
  }
}
