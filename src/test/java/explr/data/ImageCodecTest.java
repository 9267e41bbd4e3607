package explr.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCodecTest {

  static LongStream seeds() {
    return new Random(7).longs(20);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theRangeCoderReadsWhatItWrote(long seed) {
    Random random = new Random(seed);
    int n = 20_000;
    int[] contexts = random.ints(n, -1, 5).toArray();
    int[] bits = new int[n];
    for (int i = 0; i < n; i++) {
      bits[i] = random.nextInt(1000) < (contexts[i] + 1) * 199 ? 1 : 0; // some nearly certain
    }
    var writer = new RangeCoder.Writer(5);
    code(writer, contexts, bits);
    byte[] written = writer.finish();
    int[] read = new int[n];
    code(new RangeCoder.Reader(written, 0, 5), contexts, read);
    assertThat(read).isEqualTo(bits);
    assertThat(written.length).isLessThan(n / 8);
  }

  private static void code(RangeCoder.Bits coder, int[] contexts, int[] bits) {
    for (int i = 0; i < bits.length; i++) {
      bits[i] = contexts[i] < 0 ? coder.evenBit(bits[i]) : coder.bit(contexts[i], bits[i]);
    }
  }

  @Test
  void aLongRunOfOneBitTakesNearlyNothing() {
    var writer = new RangeCoder.Writer(1);
    for (int i = 0; i < 100_000; i++) {
      writer.bit(0, 1);
    }
    assertThat(writer.finish().length).isLessThan(40);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 62, 160, 1024})
  void noiseComesBackWithAnErrorOfTheQuantum(int quantum) {
    Images images = Made.images(20, 3);
    byte[] coded = ImageCodec.encode(images.pixels(), quantum);
    byte[] decoded = ImageCodec.decode(coded, 0, 20, quantum);
    // Rounding to multiples of q makes at most the error q/2 in each coefficient, of a mean square
    // below q²/4, to which the rounding of pixels adds 1/12.
    double grey = quantum / 16.0;
    double bound = 10 * Math.log10(65025 / (grey * grey / 4 + 1.0 / 12));
    assertThat(MakeSample.psnr(images, new Images(decoded, images.labels()))).isGreaterThan(bound);
  }

  @Test
  void flatImagesOfEveryGreyComeBackExactly() {
    byte[] pixels = new byte[256 * Images.VALUES];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / Images.VALUES);
    }
    byte[] coded = ImageCodec.encode(pixels, 16);
    assertThat(ImageCodec.decode(coded, 0, 256, 16)).isEqualTo(pixels);
  }

  @Test
  void damagedInputDecodesToSomethingAndEnds() {
    byte[] noise = new byte[2000];
    new Random(1).nextBytes(noise);
    assertThat(ImageCodec.decode(noise, 0, 5, 62)).hasSize(5 * Images.VALUES);
    Arrays.fill(noise, (byte) 0xFF);
    assertThat(ImageCodec.decode(noise, 0, 5, 62)).hasSize(5 * Images.VALUES);
  }
}
