package explr.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes the resource of {@link EmbeddedSample} from a folder of CIFAR-10 in its binary layout;
 * {@code environment/make-sample} calls it.
 *
 * <p>It takes the first 500 training images and the first 100 test images of each class, in the
 * order of the files, and codes them with the finest quantum at which the resource has at most
 * 3,000,000 bytes. The same folder gives the same bytes.
 */
final class MakeSample {

  private static final int TRAIN = 5_000;
  private static final int TEST = 1_000;
  private static final int MOST_BYTES = 3_000_000;

  private MakeSample() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 2) {
      System.err.println("usage: make-sample FOLDER RESOURCE");
      System.exit(2);
    }
    Dataset all = Cifar10.read(Path.of(arguments[0]));
    Dataset some = all.first(TRAIN, TEST);
    int quantum = finest(some);
    byte[] resource = EmbeddedSample.encode(some, quantum);
    Files.write(Path.of(arguments[1]), resource);
    Dataset decoded = EmbeddedSample.decode(resource);
    System.out.printf(
        Locale.ROOT,
        "from       %s, SHA-256 of all images %s%n"
            + "wrote      %s, %,d bytes (%.0f an image), quantum %d/16 of a grey level%n"
            + "fidelity   PSNR %.2f dB against the images given%n"
            + "SHA-256    %s of the decoded contents%n",
        all.name(),
        all.checksum(),
        arguments[1],
        resource.length,
        (double) resource.length / (TRAIN + TEST),
        quantum,
        psnr(some.train(), decoded.train()),
        decoded.checksum());
  }

  private static int finest(Dataset data) {
    int tooFine = 16;
    int fits = 1024;
    while (fits - tooFine > 1) {
      int middle = (tooFine + fits) / 2;
      if (EmbeddedSample.encode(data, middle).length <= MOST_BYTES) {
        fits = middle;
      } else {
        tooFine = middle;
      }
    }
    return fits;
  }

  /** The peak signal-to-noise ratio 10 log₁₀(255² / mean squared error), in dB. */
  static double psnr(Images original, Images decoded) {
    double squares = 0;
    for (int i = 0; i < original.pixels().length; i++) {
      int error = (original.pixels()[i] & 0xFF) - (decoded.pixels()[i] & 0xFF);
      squares += error * error;
    }
    return 10 * Math.log10(255.0 * 255.0 * original.pixels().length / squares);
  }
}
