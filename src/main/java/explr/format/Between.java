package explr.format;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The value at the iterations between two rows of a log. */
public enum Between {

  /** The value of the row before. */
  HOLD("hold"),

  /** On the straight line from the row before to the row after. */
  INTERPOLATE("interpolate");

  private final String text;

  Between(String text) {
    this.text = text;
  }

  /**
   * Returns the constant with a name.
   *
   * @throws IllegalArgumentException listing the names if there is no such constant
   */
  public static Between named(String name) {
    return Arrays.stream(values())
        .filter(each -> each.text.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be "
                        + Arrays.stream(values())
                            .map(each -> '"' + each.text + '"')
                            .collect(Collectors.joining(" or "))
                        + ", not "
                        + Fields.quoted(name)));
  }

  /** Its name in a recipe. */
  @Override
  public String toString() {
    return text;
  }

  /** The value between two rows, at a fraction 0 ≤ part &lt; 1 of the distance. */
  double value(double before, double after, double part) {
    return this == HOLD || part == 0 || before == after
        ? before
        : before * (1 - part) + after * part;
  }
}
