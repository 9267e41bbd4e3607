package explr.schedule;

/** A run without its corrections of the momentum buffer. */
record Uncorrected(Rates rates) implements ForwardingRates {

  @Override
  public double correction(long iteration) {
    return 0;
  }
}
