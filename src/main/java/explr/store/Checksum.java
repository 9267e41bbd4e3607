package explr.store;

import explr.file.Digests;
import java.util.Optional;

/**
 * Length and digest of a file, by which it is checked when it is read.
 *
 * @param bytes its length
 * @param sha256 in hexadecimal
 */
record Checksum(long bytes, String sha256) {

  /** The checksum of some bytes. */
  static Checksum of(byte[] content) {
    return new Checksum(content.length, Digests.sha256(content));
  }

  /** What is wrong with bytes that should have this checksum; empty if nothing is. */
  Optional<String> mismatch(byte[] content) {
    if (content.length != bytes) {
      return Optional.of("its length is " + content.length + " instead of " + bytes + " bytes");
    }
    return Digests.sha256(content).equals(sha256)
        ? Optional.empty()
        : Optional.of("its checksum does not fit its content");
  }
}
