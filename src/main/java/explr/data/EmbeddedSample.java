package explr.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Real images that come with the software: 5,000 of CIFAR-10's training images and 1,000 of its
 * test images, as many of each class.
 *
 * <p>They are compressed with loss by {@link ImageCodec}, whose pixels are the same on every JDK; a
 * checksum of the decoded pixels is stored with them and compared at each loading. Origin and terms
 * are in {@code cifar10-sample.NOTICE.txt} beside the resource.
 *
 * <p>Layout of the resource, numbers big-endian: 8 bytes {@code EXPLRS01}; the numbers of training
 * and test images and the quantum (4 bytes each); the SHA-256 of the contents as of {@link
 * Dataset#checksum} (32); a label for each image (1 each); the coded images.
 */
public final class EmbeddedSample {

  /** The resource's name, beside this class. */
  static final String RESOURCE = "cifar10-sample.bin";

  private static final byte[] MAGIC = "EXPLRS01".getBytes(StandardCharsets.US_ASCII);
  private static final int SHA256_BYTES = 32;

  private EmbeddedSample() {}

  /**
   * Decodes the sample, in about a second.
   *
   * @throws DataException if the resource is missing or damaged
   */
  public static Dataset load() {
    try (InputStream in = EmbeddedSample.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new DataException(
            "the embedded sample explr/data/%s is missing from the class path; rebuild the project"
                .formatted(RESOURCE));
      }
      return decode(in.readAllBytes());
    } catch (IOException e) {
      throw new DataException("the embedded sample cannot be read: " + e.getMessage(), e);
    }
  }

  /** The resource that holds a data set, its images coded with a quantum. */
  static byte[] encode(Dataset data, int quantum) {
    byte[] labels = join(data.train().labels(), data.test().labels());
    byte[] coded = ImageCodec.encode(join(data.train().pixels(), data.test().pixels()), quantum);
    Dataset decoded =
        dataset(ImageCodec.decode(coded, 0, labels.length, quantum), labels, data.train().size());
    return ByteBuffer.allocate(
            MAGIC.length + 3 * Integer.BYTES + SHA256_BYTES + labels.length + coded.length)
        .put(MAGIC)
        .putInt(data.train().size())
        .putInt(data.test().size())
        .putInt(quantum)
        .put(decoded.sha256())
        .put(labels)
        .put(coded)
        .array();
  }

  /** The data set that a resource holds. */
  static Dataset decode(byte[] resource) {
    try {
      ByteBuffer in = ByteBuffer.wrap(resource);
      byte[] magic = new byte[MAGIC.length];
      in.get(magic);
      int train = in.getInt();
      int test = in.getInt();
      int quantum = in.getInt();
      if (!Arrays.equals(magic, MAGIC) || train < 1 || test < 1 || quantum < 1) {
        throw damaged("it begins otherwise than such a file does", null);
      }
      byte[] expected = new byte[SHA256_BYTES];
      in.get(expected);
      if ((long) train + test > in.remaining()) {
        throw damaged("it ends among the labels", null);
      }
      byte[] labels = new byte[train + test];
      in.get(labels);
      byte[] pixels = ImageCodec.decode(resource, in.position(), labels.length, quantum);
      Dataset data = dataset(pixels, labels, train);
      if (!MessageDigest.isEqual(expected, data.sha256())) {
        throw damaged("its images have another checksum than they were stored with", null);
      }
      return data;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw damaged("it does not hold what it should", e);
    }
  }

  private static DataException damaged(String how, Throwable cause) {
    return new DataException(
        "the embedded sample explr/data/%s is damaged: %s; rebuild the project from a fresh clone"
            .formatted(RESOURCE, how),
        cause);
  }

  private static Dataset dataset(byte[] pixels, byte[] labels, int train) {
    int split = train * Images.VALUES;
    return new Dataset(
        "embedded sample of CIFAR-10",
        new Images(Arrays.copyOf(pixels, split), Arrays.copyOf(labels, train)),
        new Images(
            Arrays.copyOfRange(pixels, split, pixels.length),
            Arrays.copyOfRange(labels, train, labels.length)),
        Cifar10.CLASSES,
        Normalization.CIFAR10);
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
