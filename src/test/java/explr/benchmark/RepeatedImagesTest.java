package explr.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import explr.data.Dataset;
import explr.data.EmbeddedSample;
import org.junit.jupiter.api.Test;

class RepeatedImagesTest {

  private static final Dataset SAMPLE = EmbeddedSample.load().first(20, 10);

  @Test
  void imagesAreRepeatedWithTheirLabels() {
    Dataset repeated = RepeatedImages.of(SAMPLE, 45, 10);
    assertThat(repeated.train().size()).isEqualTo(45);
    assertThat(repeated.train().pixels(40, 45)).isEqualTo(SAMPLE.train().pixels(0, 5));
    assertThat(repeated.train().pixels(40, 45)).isNotEqualTo(SAMPLE.train().pixels(5, 10));
    for (int i = 0; i < 45; i++) {
      assertThat(repeated.train().label(i)).isEqualTo(SAMPLE.train().label(i % 20));
    }
    assertThat(repeated.test()).isEqualTo(SAMPLE.test());
  }

  @Test
  void thePapersSizeIsThatOfCifar10() {
    assertThat(RepeatedImages.ofThePapersSize(SAMPLE).name()).contains("50,000 + 10,000 images");
  }
}
