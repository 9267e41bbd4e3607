package explr.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

  private static Images labelled(int... labels) {
    byte[] bytes = new byte[labels.length];
    byte[] pixels = new byte[labels.length * Images.VALUES];
    for (int i = 0; i < labels.length; i++) {
      bytes[i] = (byte) labels[i];
      pixels[i * Images.VALUES] = (byte) i;
    }
    return new Images(pixels, bytes);
  }

  private static Dataset of(Images train) {
    return new Dataset("made up", train, train, List.of("a", "b", "c"), Normalization.CIFAR10);
  }

  private static List<Integer> numbers(Images images) {
    return java.util.stream.IntStream.range(0, images.size())
        .map(i -> images.value(i, 0, 0, 0))
        .boxed()
        .toList();
  }

  @Test
  void theFirstImagesAreBalancedAndInOrder() {
    Dataset data = of(labelled(0, 0, 0, 1, 1, 2, 0, 2, 1));
    assertThat(numbers(data.first(6, 1).train())).containsExactly(0, 1, 3, 4, 5, 7);
    assertThat(numbers(data.first(4, 1).train())).containsExactly(0, 1, 3, 5);
    assertThat(data.first(9, 9)).isEqualTo(data);
  }

  @Test
  void whatARareClassLacksIsFilledUpByTheEarliestImages() {
    Dataset data = of(labelled(0, 0, 0, 1, 1, 0));
    assertThat(numbers(data.first(5, 1).train())).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void theNameSaysSourceAndSizes() {
    assertThat(Made.dataset(1200, 20).name()).isEqualTo("made up, 1,200 + 20 images");
    assertThat(Made.dataset(1200, 20).first(1100, 10).name())
        .isEqualTo("made up, 1,100 + 10 images");
  }

  @Test
  void theChecksumDependsOnPixelsLabelsAndTheSplit() {
    Dataset data = of(labelled(0, 1, 2));
    assertThat(data.checksum()).hasSize(64).isEqualTo(of(labelled(0, 1, 2)).checksum());
    assertThat(of(labelled(0, 2, 2)).checksum()).isNotEqualTo(data.checksum());
    Images dark = new Images(new byte[3 * Images.VALUES], new byte[] {0, 1, 2});
    assertThat(of(dark).checksum()).isNotEqualTo(data.checksum());
  }

  @Test
  void whatDoesNotFitIsRefusedWithItsValue() {
    assertThatThrownBy(() -> of(labelled(0, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("train image 1 is 3");
    assertThatThrownBy(() -> Images.of(new byte[5], new byte[1])).hasMessageContaining("not 5");
    assertThatThrownBy(() -> Images.of(new byte[Images.VALUES], new byte[] {-1}))
        .hasMessageContaining("-1");
    assertThatThrownBy(() -> Made.dataset(10, 10).first(11, 1)).hasMessageContaining("11 of 10");
    assertThatThrownBy(() -> new Normalization.Channel(0, 0)).hasMessageContaining("0.0");
  }
}
