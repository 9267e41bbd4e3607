package explr.data;

/**
 * Writes or reads the levels of an image's coefficients, each under a context of those before it.
 *
 * <p>Levels lie like pixels, (plane 3, 4 blocks of 8 rows, 4 blocks of 8 columns). What is known of
 * a level is its plane and frequency, and how large the levels are at lower frequencies of its
 * block, at the same frequency of the blocks to the left and above, and at the same place of the
 * plane before. The lowest frequency is written as its difference from what these two blocks
 * foretell. A value is a bit for "not 0", its sign, and a bit for each further unit.
 */
final class CoefficientCoder {

  private static final int SIDE = Images.SIDE;
  private static final int PLANE = SIDE * SIDE;
  private static final int BLOCK = 8;

  /** Sizes 0, 1, 2–3, 4–7, 8–15 and more are told apart. */
  private static final int SIZES = 6;

  private static final int PLACES = Images.CHANNELS * BLOCK * BLOCK;
  private static final int ZERO_CONTEXTS = PLACES * SIZES * SIZES * SIZES;
  private static final int UNITS = 14;

  /** No level of an image is as large; it ends the reading of damaged input. */
  private static final int LARGEST = 1 << 13;

  /** The number of contexts in use. */
  static final int CONTEXTS = ZERO_CONTEXTS + PLACES * SIZES * UNITS;

  private final RangeCoder.Bits bits;

  CoefficientCoder(RangeCoder.Bits bits) {
    this.bits = bits;
  }

  /** Writes the levels of an image, or reads them over what is there. */
  void code(int[] levels) {
    for (int at = 0; at < levels.length; at++) {
      int x = at % SIDE;
      int y = at / SIDE % SIDE;
      int u = x % BLOCK;
      int v = y % BLOCK;
      int left = x < BLOCK ? 0 : levels[at - BLOCK];
      int above = y < BLOCK ? 0 : levels[at - BLOCK * SIDE];
      int place = (at / PLANE * BLOCK + v) * BLOCK + u;
      if (u == 0 && v == 0) {
        int expected = x < BLOCK ? above : y < BLOCK ? left : (left + above) / 2;
        levels[at] = expected + value(levels[at] - expected, place, 0, Math.abs(left - above), 0);
      } else {
        int inside = inside(levels, at, u, v);
        int before = at < PLANE ? 0 : Math.abs(levels[at - PLANE]);
        levels[at] = value(levels[at], place, inside, Math.abs(left) + Math.abs(above), before);
      }
    }
  }

  private static int inside(int[] levels, int at, int u, int v) {
    int sum = u == 0 ? 0 : Math.abs(levels[at - 1]);
    if (v > 0) {
      sum += Math.abs(levels[at - SIDE]);
      sum += u == 0 ? 0 : Math.abs(levels[at - SIDE - 1]);
    }
    return sum;
  }

  private int value(int value, int place, int inside, int outside, int before) {
    int s = size(inside);
    int r = size(outside);
    int q = size(before);
    int zeroContext = ((place * SIZES + s) * SIZES + r) * SIZES + q;
    if (bits.bit(zeroContext, value == 0 ? 0 : 1) == 0) {
      return 0;
    }
    boolean negative = bits.evenBit(value < 0 ? 1 : 0) != 0;
    int unitContext = ZERO_CONTEXTS + (place * SIZES + (2 * s + r + q + 1) / 4) * UNITS;
    int magnitude = 1;
    while (magnitude < LARGEST
        && bits.bit(
                unitContext + Math.min(magnitude, UNITS) - 1, magnitude < Math.abs(value) ? 1 : 0)
            != 0) {
      magnitude++;
    }
    return negative ? -magnitude : magnitude;
  }

  private static int size(int magnitude) {
    return Math.min(SIZES - 1, Integer.SIZE - Integer.numberOfLeadingZeros(magnitude));
  }
}
