package explr.data;

import explr.file.Digests;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Whether files in the layout of CIFAR-10 are the official ones, and which images other files
 * repeat.
 *
 * <p>The SHA-256 of the official files are those that torchvision-ruby checks ({@code
 * lib/torchvision/datasets/cifar10.rb}), which name the same archive as {@link Cifar10#download}.
 */
final class Cifar10Origin {

  /** The SHA-256 of each official file. */
  static final Map<String, String> OFFICIAL =
      Map.of(
          "data_batch_1.bin",
          "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
          "data_batch_2.bin",
          "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
          "data_batch_3.bin",
          "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
          "data_batch_4.bin",
          "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
          "data_batch_5.bin",
          "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
          "test_batch.bin",
          "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b");

  private final Map<String, String> known;
  private boolean official = true;

  /**
   * Starts with no file.
   *
   * @param known the SHA-256 of the official files by their names
   */
  Cifar10Origin(Map<String, String> known) {
    this.known = known;
  }

  /** Compares a file with the official one of its name. */
  void add(String name, byte[] content) {
    official &= Digests.sha256(content).equals(known.get(name));
  }

  /** The description of the images in messages, once all files are added. */
  String describe(Images train, Images test) {
    return official
        ? "CIFAR-10"
        : "images in the layout of CIFAR-10, not the official files" + repeats(train, test);
  }

  private static String repeats(Images train, Images test) {
    Set<ByteBuffer> seen = new HashSet<>();
    int again = 0;
    for (int i = 0; i < train.size(); i++) {
      again += seen.add(train.pixels(i, i + 1)) ? 0 : 1;
    }
    int shared = 0;
    for (int i = 0; i < test.size(); i++) {
      shared += seen.contains(test.pixels(i, i + 1)) ? 1 : 0;
    }
    List<String> found = new ArrayList<>();
    if (again > 0) {
      found.add(String.format(Locale.ROOT, "%,d training images repeat others", again));
    }
    if (shared > 0) {
      found.add(String.format(Locale.ROOT, "%,d test images are training images too", shared));
    }
    return found.isEmpty() ? "" : " (" + String.join(", ", found) + ")";
  }
}
