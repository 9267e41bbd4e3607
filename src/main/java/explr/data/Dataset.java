package explr.data;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Images to train on and images to test on.
 *
 * @param source where they come from, as users are told: "CIFAR-10"
 * @param train the images to train on
 * @param test the images to test on
 * @param classes the classes' names; a label is an index into them
 * @param normalization what pixel values are normalised with
 */
public record Dataset(
    String source, Images train, Images test, List<String> classes, Normalization normalization) {

  /** Refuses empty parts and labels that name no class. */
  public Dataset {
    classes = List.copyOf(classes);
    check("train", train, classes.size());
    check("test", test, classes.size());
  }

  private static void check(String part, Images images, int classes) {
    if (images.size() == 0) {
      throw new IllegalArgumentException("a data set needs at least one " + part + " image");
    }
    for (int i = 0; i < images.size(); i++) {
      if (images.label(i) >= classes) {
        throw new IllegalArgumentException(
            "the label of %s image %d is %d, but there are %d classes (0…%d)"
                .formatted(part, i, images.label(i), classes, classes - 1));
      }
    }
  }

  /** What users are told a run used: "CIFAR-10, 50,000 + 10,000 images". */
  public String name() {
    return String.format(Locale.ROOT, "%s, %,d + %,d images", source, train.size(), test.size());
  }

  /**
   * The first images of both parts in their order, with classes as balanced as the order gives; the
   * same images on every call.
   *
   * @param trainCount 1…{@code train().size()}
   * @param testCount 1…{@code test().size()}
   */
  public Dataset first(int trainCount, int testCount) {
    return new Dataset(
        source,
        train.first(trainCount, classes.size()),
        test.first(testCount, classes.size()),
        classes,
        normalization);
  }

  /**
   * The SHA-256 of the contents, in hexadecimal: for train and then test, the number of images
   * (four bytes, big-endian), the labels (a byte each), the pixels. The first call takes about half
   * a second for CIFAR-10.
   */
  public String checksum() {
    return HexFormat.of().formatHex(sha256());
  }

  byte[] sha256() {
    MessageDigest digest = train.digested();
    test.digest(digest);
    return digest.digest();
  }

  @Override
  public String toString() {
    return name();
  }
}
