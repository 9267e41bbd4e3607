package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmbeddedSampleTest {

  private static byte[] resource() throws IOException {
    try (InputStream in = EmbeddedSample.class.getResourceAsStream(EmbeddedSample.RESOURCE)) {
      return in.readAllBytes();
    }
  }

  /** The checksum is the one in the notice beside the resource; it must be so on every JDK. */
  @Test
  void holdsTheSameBalancedImagesEverywhere() throws IOException {
    Dataset sample = EmbeddedSample.load();
    assertThat(sample.name()).isEqualTo("embedded sample of CIFAR-10, 5,000 + 1,000 images");
    assertThat(sample.train().countPerClass(10)).containsOnly(500);
    assertThat(sample.test().countPerClass(10)).containsOnly(100);
    assertThat(sample.checksum())
        .isEqualTo("18e62c316fa6fe4cdae821a4ce24b09441c49de7c03d7f1d84407d1ea3595ba1");
    assertThat(resource().length).isLessThanOrEqualTo(3_000_000);
  }

  /** Photographs, not noise: neighbouring pixels resemble each other; the channels' means fit. */
  @Test
  void holdsPhotographs() {
    Images images = EmbeddedSample.load().train();
    double steps = 0;
    double sum = 0;
    int n = 500;
    for (int i = 0; i < n; i++) {
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 31; x++) {
          steps += Math.abs(images.value(i, 1, y, x) - images.value(i, 1, y, x + 1));
          sum += images.value(i, 1, y, x);
        }
      }
    }
    double count = n * 32.0 * 31.0;
    assertThat(steps / count).isBetween(4.0, 20.0);
    assertThat(sum / count / 255).isBetween(0.45, 0.51);
  }

  @Test
  void anyDamageIsFound() throws IOException {
    byte[] whole = resource();
    for (int at : new int[] {0, 9, 30, 500, 2_000_000}) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      assertThatThrownBy(() -> EmbeddedSample.decode(damaged))
          .as("byte %d", at)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("damaged");
    }
    for (int length : new int[] {0, 15, 40, 3_000}) {
      assertThatThrownBy(() -> EmbeddedSample.decode(Arrays.copyOf(whole, length)))
          .as("%d bytes", length)
          .isInstanceOf(DataException.class)
          .hasMessageContaining("damaged");
    }
  }

  @Test
  void aResourceIsMadeAlikeTwice() {
    Dataset data = Made.dataset(30, 10);
    assertThat(EmbeddedSample.encode(data, 400)).isEqualTo(EmbeddedSample.encode(data, 400));
    Dataset decoded = EmbeddedSample.decode(EmbeddedSample.encode(data, 400));
    assertThat(decoded.train().size()).isEqualTo(30);
    assertThat(decoded.test().labels()).isEqualTo(data.test().labels());
  }
}
