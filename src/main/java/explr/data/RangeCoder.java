package explr.data;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * An adaptive binary range coder: writes a sequence of bits in about as many bits as their
 * surprise, each bit under a context that learns how often it is 1.
 *
 * <p>The coder is that of LZMA (carry propagation by a cached byte; I. Pavlov, LZMA SDK), with
 * probabilities of 16 bits that are the mean of a fast and a slow estimate. It uses integer
 * arithmetic only, so that what was written anywhere is read alike everywhere.
 */
final class RangeCoder {

  private static final int PROBABILITY_BITS = 16;
  private static final int ONE = 1 << PROBABILITY_BITS;

  /** No bit is held less probable than this share of {@link #ONE}. */
  private static final int RAREST = 32;

  private static final int FAST = 4;
  private static final int SLOW = 7;
  private static final int TOP = 1 << 24;

  private RangeCoder() {}

  /**
   * Either side of the coder. A writer writes the bit it is given and returns it; a reader pays it
   * no heed and returns the bit that was written. So one piece of code describes a format for both.
   */
  interface Bits {

    /** Codes a bit under a context. */
    int bit(int context, int bit);

    /** Codes a bit about which nothing is known. */
    int evenBit(int bit);
  }

  /** The estimates of a fixed number of contexts, all beginning at one half. */
  private static final class Estimates {
    private final int[] fast;
    private final int[] slow;

    Estimates(int contexts) {
      fast = new int[contexts];
      slow = new int[contexts];
      Arrays.fill(fast, ONE / 2);
      Arrays.fill(slow, ONE / 2);
    }

    /** The share of the range that stands for the bit 0: at least 1, less than the range. */
    int bound(int context, int range) {
      int zero = (fast[context] + slow[context]) >>> 1;
      return (range >>> PROBABILITY_BITS) * Math.max(RAREST, Math.min(zero, ONE - RAREST));
    }

    void learn(int context, int bit) {
      int target = bit == 0 ? ONE : 0;
      fast[context] += (target - fast[context]) >> FAST;
      slow[context] += (target - slow[context]) >> SLOW;
    }
  }

  /** Writes bits. */
  static final class Writer implements Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Estimates estimates;
    private long low;
    private int range = -1;
    private int cached;
    private long pending = 1;

    Writer(int contexts) {
      estimates = new Estimates(contexts);
    }

    @Override
    public int bit(int context, int bit) {
      int bound = estimates.bound(context, range);
      if (bit == 0) {
        range = bound;
      } else {
        low += Integer.toUnsignedLong(bound);
        range -= bound;
      }
      estimates.learn(context, bit);
      normalise();
      return bit;
    }

    @Override
    public int evenBit(int bit) {
      range >>>= 1;
      if (bit != 0) {
        low += Integer.toUnsignedLong(range);
      }
      normalise();
      return bit;
    }

    /** All that was written; ends the sequence. */
    byte[] finish() {
      for (int i = 0; i < 5; i++) {
        shift();
      }
      return out.toByteArray();
    }

    private void normalise() {
      while (Integer.compareUnsigned(range, TOP) < 0) {
        range <<= 8;
        shift();
      }
    }

    /** Puts out the top byte of low, once it is known that no carry will change it. */
    private void shift() {
      if (low < 0xFF000000L || low > 0xFFFFFFFFL) {
        int carry = (int) (low >>> 32);
        for (; pending > 0; pending--) {
          out.write(cached + carry);
          cached = 0xFF;
        }
        cached = (int) (low >>> 24) & 0xFF;
      }
      pending++;
      low = (low & 0x00FFFFFFL) << 8;
    }
  }

  /** Reads the bits that a {@link Writer} wrote, given the same contexts in the same order. */
  static final class Reader implements Bits {
    private final byte[] in;
    private final Estimates estimates;
    private int at;
    private int range = -1;
    private int code;

    Reader(byte[] in, int from, int contexts) {
      this.in = in;
      this.at = from;
      estimates = new Estimates(contexts);
      for (int i = 0; i < 5; i++) {
        code = code << 8 | next();
      }
    }

    @Override
    public int bit(int context, int ignored) {
      int bound = estimates.bound(context, range);
      int bit;
      if (Integer.compareUnsigned(code, bound) < 0) {
        range = bound;
        bit = 0;
      } else {
        code -= bound;
        range -= bound;
        bit = 1;
      }
      estimates.learn(context, bit);
      normalise();
      return bit;
    }

    @Override
    public int evenBit(int ignored) {
      range >>>= 1;
      int bit = Integer.compareUnsigned(code, range) < 0 ? 0 : 1;
      if (bit != 0) {
        code -= range;
      }
      normalise();
      return bit;
    }

    private void normalise() {
      while (Integer.compareUnsigned(range, TOP) < 0) {
        range <<= 8;
        code = code << 8 | next();
      }
    }

    /** Zeros follow the end, so that damaged input gives other bits and no endless loop. */
    private int next() {
      return at < in.length ? in[at++] & 0xFF : 0;
    }
  }
}
