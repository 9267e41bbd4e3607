package explr.cli;

import explr.data.Cifar10;
import explr.data.Dataset;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;

/** Fetches data and says so. */
final class Downloads {

  private static final long MEGABYTE = 1_000_000;

  private Downloads() {}

  static Dataset cifar10(Path folder) {
    System.out.printf(
        "CIFAR-10 is looked for in %s, and fetched there if it is missing (%d MB)%n",
        folder, Cifar10.DOWNLOAD_BYTES / MEGABYTE);
    try (ProgressBar bar = new ProgressBar("CIFAR-10, MB", Cifar10.DOWNLOAD_BYTES / MEGABYTE)) {
      return Cifar10.read(Cifar10.download(folder, (done, total) -> bar.stepTo(done / MEGABYTE)));
    }
  }
}
