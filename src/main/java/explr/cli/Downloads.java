package explr.cli;

import explr.data.Cifar10;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;

/** Downloads data and shows how far the download is. */
final class Downloads {

  private static final long MEGABYTE = 1_000_000;

  private Downloads() {}

  /**
   * The folder of CIFAR-10 in a folder of the user's, downloaded where it is missing.
   *
   * @param folder that holds it, or will
   */
  static Path cifar10(Path folder) {
    System.out.printf(
        "CIFAR-10 is expected in %s; if missing, it is downloaded there (%d MB)%n",
        folder, Cifar10.DOWNLOAD_BYTES / MEGABYTE);
    try (ProgressBar bar = new ProgressBar("CIFAR-10, MB", Cifar10.DOWNLOAD_BYTES / MEGABYTE)) {
      return Cifar10.download(folder, (done, total) -> bar.stepTo(done / MEGABYTE));
    }
  }
}
