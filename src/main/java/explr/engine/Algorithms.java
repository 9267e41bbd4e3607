package explr.engine;

import java.util.Locale;

/**
 * How a GPU's libraries choose among their algorithms for an operation. On a CPU all algorithms are
 * deterministic.
 */
public enum Algorithms {
  /** Only algorithms that give the same bits in every run, chosen by rule. */
  DETERMINISTIC,

  /**
   * The fastest for each operation, found by timing them: cuDNN's benchmark mode. Bits may differ
   * from run to run, because some of these algorithms add in changing order and because another
   * timing may choose another one.
   */
  FAST;

  /** The name that people, identities and manifests use: deterministic or fast. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
