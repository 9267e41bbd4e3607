package explr.ledger;

import explr.text.Numbers;

/** In what a measure is told to people. */
public enum Unit {
  /** An accuracy, kept as a share. */
  PERCENT(100, 1, " %"),

  /** A difference of accuracies, kept as one of shares. */
  POINTS(100, 2, " points"),

  /** A decimal logarithm. */
  POWERS_OF_TEN(1, 3, " powers of ten");

  private final double factor;
  private final int decimals;
  private final String name;

  Unit(double factor, int decimals, String name) {
    this.factor = factor;
    this.decimals = decimals;
    this.name = name;
  }

  /** A value as the unit counts: 0.02 as 2 in points. */
  public double scaled(double value) {
    return factor * value;
  }

  /** What follows a number: {@code " points"}. */
  public String suffix() {
    return name;
  }

  /** A value without its unit; a minus sign, not a hyphen, before what is negative. */
  String number(double value) {
    String digits = Numbers.fixed(Math.abs(scaled(value)), decimals);
    boolean zero = Double.parseDouble(digits) == 0;
    return (value < 0 && !zero ? "−" : "") + digits;
  }

  /** A bound, without zeros that say nothing. */
  String bound(double value) {
    return number(value).replaceFirst("\\.?0+$", "");
  }
}
