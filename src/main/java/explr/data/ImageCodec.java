package explr.data;

/**
 * A small lossy codec for 32 × 32 colour images that decodes to the same pixels on every JDK.
 *
 * <p>JPEG would do, but which pixels {@code javax.imageio} decodes depends on the native library
 * that a JDK brings, and with them every number of a run. Here decoding is integer arithmetic from
 * end to end. An image becomes three planes,
 *
 * <pre>
 *   a = R + G + B,   b = R − B,   c = R − 2G + B,
 * </pre>
 *
 * which are orthogonal with norms √3, √2, √6; each plane 4 × 4 blocks; each block its orthonormal 8
 * × 8 cosine transform; each coefficient a multiple ("level") of the quantum times the plane's
 * norm. All coefficients thus bear the same error, which for a given size keeps the mean squared
 * error of R, G and B small. {@link CoefficientCoder} writes the levels.
 */
final class ImageCodec {

  private static final int SIDE = Images.SIDE;
  private static final int PLANE = SIDE * SIDE;
  private static final int BLOCK = 8;
  private static final double[] NORMS = {
    StrictMath.sqrt(3), StrictMath.sqrt(2), StrictMath.sqrt(6)
  };

  /** The middle of plane a, which is subtracted so that coefficients lie around 0. */
  private static final int MIDDLE = 384;

  /** The quantum and the decoder's planes count in sixteenths of a grey level. */
  private static final int FRACTION = 16;

  /** Rounding up from 0.58 on only: the bits saved are worth more than the error added. */
  private static final double ROUNDING = 0.42;

  private static final int BASIS_BITS = 13;
  private static final int[] BASIS = basis();

  private ImageCodec() {}

  /** BASIS[8 k + n] = 2¹³ × the k-th orthonormal cosine at n; StrictMath is alike everywhere. */
  private static int[] basis() {
    int[] basis = new int[BLOCK * BLOCK];
    for (int k = 0; k < BLOCK; k++) {
      double norm = StrictMath.sqrt((k == 0 ? 1.0 : 2.0) / BLOCK);
      for (int n = 0; n < BLOCK; n++) {
        double cosine = StrictMath.cos(StrictMath.PI * (2 * n + 1) * k / (2 * BLOCK));
        basis[BLOCK * k + n] = (int) StrictMath.rint((1 << BASIS_BITS) * norm * cosine);
      }
    }
    return basis;
  }

  /**
   * Encodes images.
   *
   * @param pixels layout (n, channel 3, height 32, width 32)
   * @param quantum in sixteenths of a grey level, 16…4096; the larger, the smaller the result
   */
  static byte[] encode(byte[] pixels, int quantum) {
    var writer = new RangeCoder.Writer(CoefficientCoder.CONTEXTS);
    var coder = new CoefficientCoder(writer);
    int[] planes = new int[Images.VALUES];
    int[] levels = new int[Images.VALUES];
    for (int image = 0; image < pixels.length; image += Images.VALUES) {
      split(pixels, image, planes);
      for (int block = 0; block < Images.VALUES; block = nextBlock(block)) {
        quantise(planes, block, planeQuantum(quantum, block), levels);
      }
      coder.code(levels);
    }
    return writer.finish();
  }

  /**
   * Decodes what {@link #encode} made; of damaged input, some pixels.
   *
   * @param from where in the array it begins
   * @param count the number of images
   * @return layout (count, channel 3, height 32, width 32)
   */
  static byte[] decode(byte[] coded, int from, int count, int quantum) {
    var coder = new CoefficientCoder(new RangeCoder.Reader(coded, from, CoefficientCoder.CONTEXTS));
    int[] planes = new int[Images.VALUES];
    int[] levels = new int[Images.VALUES];
    int[] rows = new int[BLOCK * BLOCK];
    byte[] pixels = new byte[count * Images.VALUES];
    for (int image = 0; image < pixels.length; image += Images.VALUES) {
      coder.code(levels);
      for (int block = 0; block < Images.VALUES; block = nextBlock(block)) {
        restore(levels, block, planeQuantum(quantum, block), rows, planes);
      }
      join(planes, pixels, image);
    }
    return pixels;
  }

  private static int planeQuantum(int quantum, int block) {
    return (int) StrictMath.rint(quantum * NORMS[block / PLANE]);
  }

  private static int nextBlock(int block) {
    int next = block + BLOCK;
    return next % SIDE == 0 ? next + (BLOCK - 1) * SIDE : next;
  }

  private static void split(byte[] pixels, int image, int[] planes) {
    for (int i = 0; i < PLANE; i++) {
      int red = pixels[image + i] & 0xFF;
      int green = pixels[image + PLANE + i] & 0xFF;
      int blue = pixels[image + 2 * PLANE + i] & 0xFF;
      planes[i] = red + green + blue - MIDDLE;
      planes[PLANE + i] = red - blue;
      planes[2 * PLANE + i] = red - 2 * green + blue;
    }
  }

  /** R = (2a + 3b + c) / 6, G = (2a − 2c) / 6, B = (2a − 3b + c) / 6. */
  private static void join(int[] planes, byte[] pixels, int image) {
    for (int i = 0; i < PLANE; i++) {
      int a = 2 * (planes[i] + MIDDLE * FRACTION);
      int b = 3 * planes[PLANE + i];
      int c = planes[2 * PLANE + i];
      pixels[image + i] = toByte(a + b + c);
      pixels[image + PLANE + i] = toByte(a - 2 * c);
      pixels[image + 2 * PLANE + i] = toByte(a - b + c);
    }
  }

  private static byte toByte(int sixfold) {
    int divisor = 6 * FRACTION;
    return (byte) Math.max(0, Math.min(255, Math.floorDiv(sixfold + divisor / 2, divisor)));
  }

  private static void quantise(int[] planes, int block, int quantum, int[] levels) {
    double scale = (double) FRACTION / quantum / (1L << (2 * BASIS_BITS));
    for (int v = 0; v < BLOCK; v++) {
      for (int u = 0; u < BLOCK; u++) {
        long sum = 0;
        for (int y = 0; y < BLOCK; y++) {
          for (int x = 0; x < BLOCK; x++) {
            long basis = (long) BASIS[BLOCK * v + y] * BASIS[BLOCK * u + x];
            sum += basis * planes[block + y * SIDE + x];
          }
        }
        int level = (int) (Math.abs(sum * scale) + (u + v == 0 ? 0.5 : ROUNDING));
        levels[block + v * SIDE + u] = sum < 0 ? -level : level;
      }
    }
  }

  /** The inverse transform along rows, then along columns; products stay below 2³¹. */
  private static void restore(int[] levels, int block, int quantum, int[] rows, int[] planes) {
    int half = 1 << (BASIS_BITS - 1);
    for (int v = 0; v < BLOCK; v++) {
      for (int x = 0; x < BLOCK; x++) {
        int sum = half;
        for (int u = 0; u < BLOCK; u++) {
          sum += BASIS[BLOCK * u + x] * (levels[block + v * SIDE + u] * quantum);
        }
        rows[BLOCK * v + x] = sum >> BASIS_BITS;
      }
    }
    for (int y = 0; y < BLOCK; y++) {
      for (int x = 0; x < BLOCK; x++) {
        int sum = half;
        for (int v = 0; v < BLOCK; v++) {
          sum += BASIS[BLOCK * v + y] * rows[BLOCK * v + x];
        }
        planes[block + y * SIDE + x] = sum >> BASIS_BITS;
      }
    }
  }
}
