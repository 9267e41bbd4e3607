package explr.ledger;

import explr.text.Numbers;

/** The unit in which a measure is shown. */
public enum Unit {
  /** An accuracy, stored as a fraction. */
  PERCENT(100, 1, " %"),

  /** A difference of accuracies, stored as a difference of fractions. */
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

  /** A value in this unit: 0.02 is 2 points. */
  public double scaled(double value) {
    return factor * value;
  }

  /** The text after a number: {@code " points"}. */
  public String suffix() {
    return name;
  }

  /** A value without its unit; negative ones begin with a minus sign, not a hyphen. */
  String number(double value) {
    String digits = Numbers.fixed(Math.abs(scaled(value)), decimals);
    boolean zero = Double.parseDouble(digits) == 0;
    return (value < 0 && !zero ? "−" : "") + digits;
  }

  /** A bound without trailing zeros. */
  String bound(double value) {
    return number(value).replaceFirst("\\.?0+$", "");
  }
}
