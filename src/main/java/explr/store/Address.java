package explr.store;

import explr.file.Digests;
import explr.schedule.Rates;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The name of a state of training, made of all that led to it.
 *
 * <p>The address of a start is the SHA-256 of what decides the network, its data and where it is
 * computed. The address of a later state is the SHA-256 of the address before and of every value
 * that drove the training since. Runs that are driven alike up to some iteration so pass states of
 * the same addresses until there, whatever they are called and however they go on.
 *
 * @param hex 64 hexadecimal digits
 */
public record Address(String hex) {

  private static final int BYTES_PER_ITERATION = 5 * Double.BYTES;

  /** Refuses what is no SHA-256. */
  public Address {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("an address is a SHA-256 in hexadecimal, not " + hex);
    }
  }

  /**
   * Where training leads from here.
   *
   * @param rates that drive it
   * @param from the first iteration
   * @param to the iteration after the last
   */
  Address then(Rates rates, long from, long to) {
    MessageDigest digest = Digests.of("SHA-256");
    digest.update(HexFormat.of().parseHex(hex));
    ByteBuffer values = ByteBuffer.allocate(BYTES_PER_ITERATION);
    for (long t = from; t < to; t++) {
      values.clear();
      values.putDouble(rates.logLearningRate(t));
      values.putDouble(rates.weightDecay(t));
      values.putDouble(rates.momentum(t));
      values.putDouble(rates.correction(t));
      values.putDouble(rates.logScale(t + 1));
      digest.update(values.array());
    }
    return new Address(HexFormat.of().formatHex(digest.digest()));
  }

  /** Short enough for a path, long enough to be unique. */
  String folderName() {
    return hex.substring(0, 32);
  }

  /** Enough of it to be told apart. */
  @Override
  public String toString() {
    return hex.substring(0, 12);
  }
}
