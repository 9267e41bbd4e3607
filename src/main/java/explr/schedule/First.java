package explr.schedule;

/**
 * The first iterations of other rates.
 *
 * @param rates what is cut
 * @param iterations how many are left, 1 to those of the rates
 */
public record First(Rates rates, long iterations) implements ForwardingRates {

  /** Refuses more iterations than there are. */
  public First {
    if (iterations < 1 || iterations > rates.iterations()) {
      throw new IllegalArgumentException(
          "the first 1 to %d iterations can be taken, not %d"
              .formatted(rates.iterations(), iterations));
    }
  }
}
