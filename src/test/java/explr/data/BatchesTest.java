package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchesTest {

  private static final float[][] TABLE = Normalization.CIFAR10.table();

  static LongStream seeds() {
    return new Random(20191016).longs(10);
  }

  static Stream<int[]> sizes() {
    return Stream.of(new int[] {50, 8}, new int[] {48, 8}, new int[] {7, 7}, new int[] {9, 1});
  }

  /** The numbers of the images in a batch, read off their values. */
  private static int[] numbers(Batch batch) {
    return IntStream.range(0, batch.size())
        .map(b -> Arrays.binarySearch(TABLE[0], batch.images()[b * Images.VALUES]))
        .toArray();
  }

  private static int[] epoch(Batches batches, long epoch) {
    return LongStream.range(epoch * batches.perEpoch(), (epoch + 1) * batches.perEpoch())
        .mapToObj(batches::at)
        .flatMapToInt(batch -> Arrays.stream(numbers(batch)))
        .toArray();
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void everyEpochHoldsEveryImageAndIsFilledUpFromItsOwnStart(int[] imagesAndBatch) {
    int n = imagesAndBatch[0];
    Batches batches =
        Batches.training(Made.numbered(n), imagesAndBatch[1], 3).withoutAugmentation();
    for (long e = 0; e < 3; e++) {
      int[] order = epoch(batches, e);
      assertThat(order).hasSize(batches.perEpoch() * batches.size());
      assertThat(Arrays.copyOf(order, n))
          .containsExactlyInAnyOrder(IntStream.range(0, n).toArray());
      assertThat(Arrays.copyOfRange(order, n, order.length))
          .containsExactly(Arrays.copyOf(order, order.length - n));
    }
  }

  @Test
  void epochsAndSeedsHaveDifferentOrders() {
    Dataset data = Made.numbered(100);
    Batches batches = Batches.training(data, 10, 1).withoutAugmentation();
    Batches others = Batches.training(data, 10, 2).withoutAugmentation();
    assertThat(epoch(batches, 0))
        .isNotEqualTo(epoch(batches, 1))
        .isNotEqualTo(epoch(others, 0))
        .isNotEqualTo(IntStream.range(0, 100).toArray());
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBatchDoesNotDependOnWhatWasAskedBefore(long seed) {
    Dataset data = Made.dataset(30, 10);
    Batches one = Batches.training(data, 8, seed);
    Batches other = Batches.training(data, 8, seed);
    for (long t = 0; t < 12; t++) {
      one.at(t);
    }
    for (long t : new long[] {11, 0, 5, 1_000_000_007L, 5}) {
      assertThat(one.at(t).images()).isEqualTo(other.at(t).images());
      assertThat(one.at(t).labels()).isEqualTo(other.at(t).labels());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anAugmentedImageIsACropOfThePaddedOneOrItsMirrorImage(long seed) {
    Dataset data = Made.dataset(16, 10);
    Batches augmented = Batches.training(data, 16, seed);
    Batches plain = augmented.withoutAugmentation();
    for (long t = 0; t < 2; t++) {
      Batch crops = augmented.at(t);
      Batch whole = plain.at(t);
      assertThat(crops.labels()).isEqualTo(whole.labels());
      for (int b = 0; b < 16; b++) {
        float[] crop = image(crops, b);
        float[] original = image(whole, b);
        assertThat(
                IntStream.range(0, 162)
                    .filter(k -> Arrays.equals(crop, crop(original, k % 9, k / 9 % 9, k >= 81))))
            .hasSize(1);
      }
    }
  }

  /** Crop and flip written down anew, pixel by pixel. */
  private static float[] crop(float[] image, int top, int left, boolean flipped) {
    float[] out = new float[Images.VALUES];
    for (int i = 0; i < out.length; i++) {
      int c = i / 1024;
      int y = i / 32 % 32 + top - 4;
      int x = (flipped ? 31 - i % 32 : i % 32) + left - 4;
      boolean inside = y >= 0 && y < 32 && x >= 0 && x < 32;
      out[i] = inside ? image[c * 1024 + y * 32 + x] : TABLE[c][0];
    }
    return out;
  }

  private static float[] image(Batch batch, int b) {
    return Arrays.copyOfRange(batch.images(), b * Images.VALUES, (b + 1) * Images.VALUES);
  }

  @Test
  void augmentationIsDrawnAnewInEveryIteration() {
    Batches batches = Batches.training(Made.dataset(10, 10), 10, 4);
    assertThat(batches.at(0).images()).isNotEqualTo(batches.at(1).images());
  }

  @Test
  void evaluationGoesInOrderAndSaysHowManyImagesCount() {
    Images images = Made.images(10, 5);
    Batches batches = Batches.evaluation(images, Normalization.CIFAR10, 4);
    assertThat(batches.perEpoch()).isEqualTo(3);
    assertThat(batches.at(0).valid()).isEqualTo(4);
    Batch last = batches.at(2);
    assertThat(last.valid()).isEqualTo(2);
    assertThat(last.labels()).containsExactly(8, 9, 0, 1);
    for (int i = 0; i < Images.VALUES; i++) {
      int value = images.value(9, i / 1024, i / 32 % 32, i % 32);
      assertThat(last.images()[Images.VALUES + i]).isEqualTo(TABLE[i / 1024][value]);
    }
  }

  @Test
  void aBatchForEvaluationMayExceedTheImages() {
    Batches batches = Batches.evaluation(Made.images(3, 5), Normalization.CIFAR10, 8);
    assertThat(batches.at(0).labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1);
    assertThat(batches.at(0).valid()).isEqualTo(3);
  }

  @Test
  void valuesAreNormalisedPerChannel() {
    assertThat(TABLE[0][255]).isEqualTo((float) ((1 - 0.4914) / 0.2470));
    assertThat(TABLE[2][0]).isEqualTo((float) (-0.4465 / 0.2616));
  }

  /** Golden: recorded from this code; another value means that every recorded run has changed. */
  @Test
  void theBitsOfABatchAreFixed() {
    Batch batch = Batches.training(EmbeddedSample.load(), 32, 42).at(1234);
    assertThat(Arrays.hashCode(batch.labels())).isEqualTo(GOLDEN_LABELS);
    assertThat(Arrays.hashCode(batch.images())).isEqualTo(GOLDEN_IMAGES);
  }

  private static final int GOLDEN_LABELS = -1581944976;
  private static final int GOLDEN_IMAGES = 907618350;

  @Test
  void badSizesAreRefusedWithTheirValue() {
    Dataset data = Made.dataset(10, 10);
    assertThatThrownBy(() -> Batches.training(data, 11, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 10");
    assertThatThrownBy(() -> Batches.training(data, 0, 0)).hasMessageContaining("not 0");
    Batches batches = Batches.training(data, 2, 0);
    assertThatThrownBy(() -> batches.at(-1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> batches.fill(0, new float[3072], new int[2]))
        .hasMessageContaining("6144 values");
  }
}
